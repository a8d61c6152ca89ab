import { defineCommand } from "./command.ts";

export const runCommand = defineCommand({
  usage: "talos run [--config FILE]",
  about: `Watches the repositories of the configuration: scans them, delivers what policies allow, asks about the rest.
Runs until it is told to end (SIGTERM, Ctrl-C). The log is on standard error, in JSON where that is no terminal.
talos init writes a first configuration; talos doctor checks one.`,
  options: {
    config: { type: "string", value: "FILE", about: "the configuration, instead of the files of this folder" },
  },
  run: async (values, _positionals, terminal) => (await import("./run-run.ts")).runRun(values, terminal),
});
