/** What can be asked for, and whether the reader may. */
import type { OperationDescription } from "../../../http/api/api-schemas.ts";
import { createResource } from "../api/resource.ts";

export const operations = createResource<{ readonly operations: readonly OperationDescription[] }>(
  "operations",
  () => false,
);

export function describedOperation(name: string): OperationDescription | undefined {
  const state = operations.state.value;
  return state.kind === "ready" ? state.value.operations.find((each) => each.name === name) : undefined;
}

export function mayRun(name: string): boolean {
  return describedOperation(name)?.isAllowed === true;
}
