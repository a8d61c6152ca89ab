import { defineCommand } from "./command.ts";

export const initCommand = defineCommand({
  usage: "talos init",
  about: `Makes a first talos.yaml in the current folder, by a few questions, and shows what Talos would do with that repository.
An option answers its question beforehand. Without a terminal --url is needed, and what no option answers is as by default.`,
  options: {
    url: { type: "string", value: "URL", about: "the repository: https, ssh, git@host:path, or a path" },
    username: { type: "string", value: "NAME", about: "the user name for HTTPS; oauth2 if not given" },
    "token-file": { type: "string", value: "FILE", about: "the file with the access token for HTTPS" },
    branch: { type: "string", value: "NAME", about: "the branch; if not given, the repository's own" },
    manage: { type: "string", value: "WHICH", about: "annotated: images with a policy beside them; all: every image" },
    email: { type: "string", value: "ADDRESS", about: "the e-mail address of the author of commits" },
    yes: { type: "boolean", about: "ask nothing" },
  },
  run: async (values, others, terminal) => (await import("./run-init.ts")).runInit(values, others, terminal),
});
