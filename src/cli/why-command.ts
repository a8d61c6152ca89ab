import { defineCommand } from "./command.ts";
import { scanOptions } from "./scan-options.ts";

export const whyCommand = defineCommand({
  usage: "talos why <reference> [target …]",
  about: `The facts behind a verdict: policy, candidates, ages, reasons.
A reference is an id, file#pointer, a name or an image; when several match they are listed.
Without a target the Talos that runs with this configuration is asked, if there is one and it knows the reference; it also
tells what waits, what is asked and what happened. Otherwise the folder you are in is looked at.`,
  options: {
    ...scanOptions,
    source: { type: "string", value: "NAME", about: "of a running Talos: only in this source" },
    json: { type: "boolean", about: "print the answer as one JSON document (docs/answer.schema.json)" },
  },
  run: async (values, texts, terminal) => (await import("./run-why.ts")).runWhy(values, texts, terminal),
});
