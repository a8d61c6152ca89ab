import type { Operation } from "../../../operations/operation.ts";
import { suggestName } from "../../../policy/nearest-name.ts";
import { TalosError } from "../../../talos-error.ts";

/** By its name as the path has it, `update.answer`, or with the blank. Throws a TalosError `target-not-found`. */
export function findOperation(operations: readonly Operation[], name: string): Operation {
  const wanted = name.replaceAll(".", " ");
  const operation = operations.find((one) => one.name === wanted);
  if (operation !== undefined) return operation;
  const names = operations.map((one) => pathName(one));
  throw new TalosError("target-not-found", `there is no operation ${name}`, { hint: suggestName(name, names) });
}

export function pathName({ name }: Pick<Operation, "name">): string {
  return name.replaceAll(" ", ".");
}
