import { accessLevels } from "../../config/access.ts";
import { choice, duration, leaf } from "../../config/setting-types.ts";
import { integrations } from "../../tokens/integration.ts";
import { parseTokenName } from "../../tokens/token-name.ts";
import type { Talos } from "../talos.ts";

/** In lower case. */
export function tokenName() {
  return leaf({ type: "string" }, (written) => {
    const reading = parseTokenName(written);
    return reading.kind === "valid" ? { value: reading.name } : { problem: reading.problem };
  });
}

/** What is typed to name one that is there: any text, so that it is looked for as it is. */
export function existingName() {
  return leaf({ type: "string" }, (written) =>
    written === "" ? { problem: "must not be empty" } : { value: written.toLowerCase() },
  );
}

export const integration = () => choice(...integrations);
export const access = () => choice(...accessLevels);
export const lifetime = () => duration();

export async function completeTokenName(talos: Talos, kind?: "webhook"): Promise<readonly string[]> {
  return (await talos.tokens.list())
    .filter(({ use }) => kind === undefined || use.kind === kind)
    .map(({ name }) => name);
}
