import type { Command } from "./command.ts";

/** Every command, in the order of the help. Each is loaded when it is called. */
export const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  plan: {
    summary: "look for newer images and explain; changes nothing",
    load: async () => (await import("./plan-command.ts")).planCommand,
  },
  apply: {
    summary: "write what plan says would be pushed into the files",
    load: async () => (await import("./apply-command.ts")).applyCommand,
  },
  why: {
    summary: "the facts behind a verdict",
    load: async () => (await import("./why-command.ts")).whyCommand,
  },
  policy: {
    summary: "spell a short form such as '^:!!?.' out",
    load: async () => (await import("./policy-command.ts")).policyCommand,
  },
  config: {
    summary: "check the configuration, show it, or print its schema",
    load: async () => (await import("./config-command.ts")).configCommand,
  },
  demo: {
    summary: "the whole loop on an example, offline",
    load: async () => (await import("./demo-command.ts")).demoCommand,
  },
};
