import { type Size, sizes } from "../images/size.ts";
import { TalosError } from "../talos-error.ts";

/** The options that plan, apply and why have in common. */
export const scanOptions = {
  all: { type: "boolean", about: "decide images that have not opted in too" },
  bump: { type: "string", value: "SIZE", about: "the largest step that counts, instead of each policy's own" },
  only: { type: "string", value: "GLOB", multiple: true, about: "only this file, name or image; may be repeated" },
  config: { type: "string", value: "FILE", about: "read the configuration from this file" },
  "no-cache": { type: "boolean", about: "ask the registries again, whatever was cached" },
  verbose: { type: "boolean", short: "v", about: "log every request to a registry on standard error, as JSON lines" },
  quiet: { type: "boolean", short: "q", about: "no progress and no notices" },
} as const;

export interface ScanOptionValues {
  readonly all?: boolean | undefined;
  readonly bump?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly config?: string | undefined;
  readonly "no-cache"?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export function parseBump(text: string | undefined): Size | undefined {
  if (text === undefined) return undefined;
  const size = sizes.find((candidate) => candidate === text.toLowerCase());
  if (size === undefined)
    throw new TalosError("usage", `--bump ${text} is not a size`, { hint: `the sizes are ${sizes.join(", ")}` });
  return size;
}
