import type { Command } from "./command.ts";

interface Entry {
  readonly summary: string;
  /** A running Talos is asked for it. */
  readonly isRemote?: true;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help. Each is loaded when it is called. */
export const commands: Readonly<Record<string, Entry>> = {
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
  run: {
    summary: "watch repositories and deliver what their policies allow",
    load: async () => (await import("./run-command.ts")).runCommand,
  },
  policy: {
    summary: "spell a short form such as '^:!!?.' out",
    load: async () => (await import("./policy-command.ts")).policyCommand,
  },
  config: {
    summary: "check the configuration, show it, or print its schema",
    load: async () => (await import("./config-command.ts")).configCommand,
  },
  init: {
    summary: "make a first configuration, by a few questions",
    load: async () => (await import("./init-command.ts")).initCommand,
  },
  doctor: {
    summary: "check everything that talos run needs",
    load: async () => (await import("./doctor-command.ts")).doctorCommand,
  },
  health: {
    summary: "ask the Talos that runs here whether it is well",
    load: async () => (await import("./health-command.ts")).healthCommand,
  },
  demo: {
    summary: "the whole loop on an example, offline",
    load: async () => (await import("./demo-command.ts")).demoCommand,
  },
  scan: operation("scan", "look for newer images now"),
  updates: operation("updates", "list what is newer, what is held and why, and what is asked"),
  "update answer": operation("update answer", "answer an open question: push, defer or ignore"),
  "update hold": operation("update hold", "let no update of a reference go, until unhold"),
  "update unhold": operation("update unhold", "lift every hold, revert and refusal of a reference"),
  "update diff": operation("update diff", "show what would be committed for an update"),
  queue: operation("queue", "list what waits to be delivered, for what, and until when"),
  deadletters: operation("deadletters", "list the updates that failed for good, with the reasons"),
  replaydeadletters: operation("replaydeadletters", "queue failed updates again: one, or all"),
  cleardeadletters: operation("cleardeadletters", "drop failed updates: one, or all"),
  events: operation("events", "list what happened last, and with follow what happens from then on"),
  hosts: operation("hosts", "list the Docker hosts: whether they answer, their versions, their containers"),
  "host prune": operation("host prune", "show what nothing uses on a host, and remove it once that is confirmed"),
  containers: operation("containers", "list the containers that run, and with all the others too"),
  image: operation("image", "say which image a container runs"),
  version: operation(
    "version",
    "say the version of a container's image, by its label org.opencontainers.image.version",
  ),
  "container logs": operation(
    "container logs",
    "show what a container has written last, and with follow what it writes from then on",
  ),
  "container start": operation("container start", "start a container"),
  "container stop": operation("container stop", "stop a container"),
  "container restart": operation("container restart", "stop a container and start it again"),
  "container recreate": operation(
    "container recreate",
    "replace a container by a new one, from the image its reference names now",
  ),
  "project pull": operation("project pull", "pull the images of a compose project, or of one service"),
  "project up": operation("project up", "bring a compose project up as its files say, or one service"),
  "token create": operation("token create", "make a token for webhooks, or for the API and the page"),
  "token list": operation("token list", "list the tokens: what for, until when, and when they were used last"),
  "token revoke": operation("token revoke", "take a token back: it lets nobody in any more"),
  createwebhook: operation("createwebhook", "make a token for webhooks, and say what to do with it"),
  listwebhooks: operation("listwebhooks", "list the tokens for webhooks"),
  revokewebhook: operation("revokewebhook", "take the token of a webhook back"),
};

/** The definitions of operations take their time to load, so the help has their summaries; a test compares them. */
function operation(name: string, summary: string): Entry {
  const load = async () => (await import("./operation-command.ts")).operationCommand(name);
  return { summary, isRemote: true, load };
}
