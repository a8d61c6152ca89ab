import { defineCommand } from "./command.ts";

export const healthCommand = defineCommand({
  usage: "talos health [--ready] [--config FILE]",
  about: `Asks the Talos that runs with this configuration whether it is alive: over HTTP, where it listens for the page and
the API, or over its socket where ApiSettings.Enabled is false. One line says so; the exit status is 1 when it is not.
Made for health checks of containers: it is quick, and needs no token.`,
  options: {
    ready: { type: "boolean", about: "whether it can work too: its store, its jobs and Discord" },
    config: { type: "string", value: "FILE", about: "read the configuration from this file" },
  },
  run: async (values, others, terminal) => (await import("./run-health.ts")).runHealth(values, others, terminal),
});
