/**
 * The whole loop on a copy of examples/homelab, offline. The product knows nothing of it: an ordinary configuration says
 * where the registries are asked, and the commands are those that everybody runs. What they remember goes into the
 * demo's own folder, never into the person's cache.
 */

import { TalosError } from "../talos-error.ts";
import { applyCommand } from "./apply-command.ts";
import { type Command, defineCommand } from "./command.ts";
import { catalogue } from "./demo/catalogue.ts";
import { type DemoFolder, makeDemoFolder } from "./demo/demo-folder.ts";
import { memoryRegistrySettings } from "./demo/memory-registry-settings.ts";
import { openMemoryRegistry } from "./demo/open-memory-registry.ts";
import { rememberFolder, showChanges } from "./demo/show-changes.ts";
import { withEnvironment } from "./demo/with-environment.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { planCommand } from "./plan-command.ts";
import type { Terminal } from "./terminal.ts";
import { whyCommand } from "./why-command.ts";

export const demoCommand = defineCommand({
  usage: "talos demo [--serve]",
  about: `Shows plan, why, apply and the changes on an example of a home server, without a network.
It works on a copy in the temporary folder and removes it at the end.
With --serve a whole Talos runs on that copy, with its page, until Ctrl-C.`,
  options: {
    keep: { type: "boolean", about: "leave the copy where it is, and say where" },
    serve: { type: "boolean", about: "run with the page: see an update come, approve it, watch the commit" },
    listen: { type: "string", value: "ADDRESS:PORT", about: "with --serve: where the page is; not set: a free port" },
  },
  async run({ keep = false, serve = false, listen }, _positionals, terminal): Promise<ExitStatus> {
    if (serve) return (await import("./demo/serve-demo.ts")).serveDemo({ listen, keep }, terminal);
    if (listen !== undefined) throw new TalosError("usage", "--listen is for --serve", { hint: "add --serve" });
    await using registry = await openMemoryRegistry(catalogue);
    await using folder = await makeDemoFolder(memoryRegistrySettings(registry.url), keep);
    using _environment = withEnvironment({ XDG_CACHE_HOME: folder.cache, DOCKER_CONFIG: folder.cache });
    const start = process.cwd();
    process.chdir(folder.homelab);
    try {
      return await showLoop(folder, terminal);
    } finally {
      process.chdir(start);
      if (keep) terminal.out(`\nThe copy is in ${folder.homelab}`);
    }
  },
});

async function showLoop({ homelab, config }: DemoFolder, terminal: Terminal): Promise<ExitStatus> {
  const before = await rememberFolder(homelab);
  const say = (text: string) => terminal.out(terminal.style("cyan", text));
  const run = (command: Command, ...args: readonly string[]) => {
    const [, name = ""] = command.usage.split(" ");
    terminal.out(terminal.style("bold", `$ talos ${[name, ...args].join(" ")}\n`));
    return command.run([...args, "--config", config], terminal);
  };
  say("A home server's repository: compose files, a Dockerfile, Kubernetes, .env files.");
  say("Its registries are in the memory of this process: nothing leaves this machine.\n");
  say("1. plan looks for newer images and explains. It changes nothing.");
  const first = await run(planCommand);
  if (first !== exitStatus.done) return first;
  say("\n2. why shows the facts behind one verdict.");
  await run(whyCommand, "immich-server");
  say("\n3. apply writes what a policy lets through by itself: strategy push.");
  await run(applyCommand);
  say("\n4. What is left waits for a person, or for its age.");
  const last = await run(planCommand);
  say("\n5. In the files nothing but the images has changed.");
  terminal.out(terminal.style("bold", "$ git diff --unified=0\n"));
  await showChanges(homelab, before, terminal);
  say("\nNow with your own: talos plan <folder>");
  return last;
}
