import { defineCommand } from "./command.ts";

export const doctorCommand = defineCommand({
  usage: "talos doctor",
  about: `Checks everything that talos run needs, and changes nothing but a cache of its own.
Configuration, data directory, store or Redis, git, each repository and the right to push to it, registries,
clock, the Discord bot and its rights, Docker hosts, the port of the page and the API.
✓ is right, ✗ is wrong, ! is worth knowing; the exit status is 1 when anything is wrong.`,
  options: {
    json: { type: "boolean", about: "print the findings as one JSON document" },
    config: { type: "string", value: "FILE", about: "read the configuration from this file" },
  },
  run: async (values, others, terminal) => (await import("./run-doctor.ts")).runDoctor(values, others, terminal),
});
