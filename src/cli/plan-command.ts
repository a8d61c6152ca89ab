import { defineCommand } from "./command.ts";
import { scanOptions } from "./scan-options.ts";

export const planCommand = defineCommand({
  usage: "talos plan [target …]",
  about: `Looks for newer images and explains; changes nothing.
A target is a folder, a file, or the URL of a git repository (…#branch); without one, the folder you are in.`,
  options: {
    ...scanOptions,
    json: { type: "boolean", about: "print one JSON document (docs/plan.schema.json)" },
    "exit-code": { type: "boolean", about: "exit with 2 when there are updates" },
  },
  run: async (values, targets, terminal) => (await import("./run-plan.ts")).runPlan(values, targets, terminal),
});
