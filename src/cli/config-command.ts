import { defineCommand } from "./command.ts";

export const configCommand = defineCommand({
  usage: "talos config check|show|schema",
  about: `check: lists every fault, a line each, and exits with 0 when there is none.
show: prints what counts and where it came from; secrets are hidden.
schema: prints the JSON Schema of the configuration, for editors.`,
  options: { config: { type: "string", value: "FILE", about: "read the configuration from this file" } },
  run: async ({ config }, actions, terminal) => (await import("./run-config.ts")).runConfig(config, actions, terminal),
});
