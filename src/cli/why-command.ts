import { defineCommand } from "./command.ts";
import { scanOptions } from "./scan-options.ts";

export const whyCommand = defineCommand({
  usage: "talos why <reference> [target …]",
  about: `The facts behind a verdict: policy, candidates, ages, reasons.
A reference is an id, file#pointer, a name or an image; when several match they are listed.`,
  options: scanOptions,
  run: async (values, texts, terminal) => (await import("./run-why.ts")).runWhy(values, texts, terminal),
});
