import { defineCommand } from "./command.ts";
import { scanOptions } from "./scan-options.ts";

export const applyCommand = defineCommand({
  usage: "talos apply [target …]",
  about: `Writes what plan says would be pushed into the files of a folder; only the bytes of the images change.
A target is a folder or a file; without one, the folder you are in.`,
  options: {
    ...scanOptions,
    strategy: { type: "string", value: "LIST", about: "write these strategies, such as push,prompt (default: push)" },
    interactive: { type: "boolean", short: "i", about: "ask about each update that is not push" },
    commit: { type: "boolean", about: "commit the changed files, and nothing else" },
    json: { type: "boolean", about: "print the plan that was applied as one JSON document" },
  },
  run: async (values, targets, terminal) => (await import("./run-apply.ts")).runApply(values, targets, terminal),
});
