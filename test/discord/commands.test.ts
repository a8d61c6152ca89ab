import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import type { Options } from "../parties/discord/command-data.ts";
import type { CommandOption } from "../parties/discord/state/commands.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { dockerTools } from "../parties/docker-tools.ts";
import { type DiscordWorld, labels, openDiscordWorld } from "./discord-world.ts";

const needs = ["git", "docker-registry", "dockerd", "busybox", "docker", "docker-compose"] as const;
const web = { host: "nas", container: "app-web-1" };
const app = { host: "nas", project: "app" };

/** In this order; `web` is asked about, `db` failed. */
const commands: readonly (readonly [command: string, options: Options, answer: RegExp])[] = [
  ["hosts", {}, /nas/],
  ["containers", { host: "nas" }, /app-web-1/],
  ["containers", { all: true }, /app-web-1/],
  ["image", web, /app:1/],
  ["version", web, /1\.2\.3/],
  ["container logs", { ...web, lines: 5 }, /hello from web/],
  ["container restart", web, /running/],
  ["container stop", web, /exited|stopped/i],
  ["container start", web, /running/],
  ["container recreate", web, /running/],
  ["project pull", app, /app/],
  ["project up", { ...app, service: "web" }, /web of app on nas/],
  ["host prune", { host: "nas" }, /nas/],
  ["updates", {}, /web/],
  ["why", { reference: "web" }, /2\.0\.0/],
  ["update diff", { reference: "web" }, /2\.0\.0/],
  ["queue", {}, /./],
  ["deadletters", {}, /db/],
  ["replaydeadletters", { reference: "db" }, /./],
  ["cleardeadletters", { reference: "all" }, /./],
  ["update hold", { reference: "web" }, /held/],
  ["update unhold", { reference: "web" }, /./],
  ["scan", {}, /./],
  ["events", {}, /./],
  ["update answer", { reference: "web", answer: "defer" }, /./],
  ["token create", { name: "page", access: "read" }, /page is made/],
  ["token list", {}, /page/],
  ["token revoke", { name: "page" }, /page is revoked/],
  ["createwebhook", { name: "hook", integration: "github" }, /webhooks\/github/],
  ["listwebhooks", {}, /hook/],
  ["revokewebhook", { name: "hook" }, /hook is revoked/],
];

/** Nothing is held yet, and ids are not typed. */
const hasNothingToOffer = [
  "update unhold reference",
  "update answer question",
  "host prune confirm",
  "token revoke name",
  "revokewebhook name",
];

describeWith(needs, "commands in Discord", () => {
  test("Every one is offered, completed and answered.", { timeout: 180_000 }, async () => {
    await using all = await openDiscordWorld({ patienceMs: 40_000 });
    await using engine = await dockerEngine();
    await using tools = await dockerTools();
    const { discord } = all;
    await startApp(all, engine, tools.environment);
    await all.push("web", "1.0.0", "2.0.0");
    await all.push("db", "1.0.0", "1.0.1");
    const repository = await all.repository({ "compose.yml": all.compose({ web: "+?", db: "^!" }) });
    const hook = join(repository.path, "hooks/pre-receive");
    await writeFile(hook, "#!/bin/sh\nexit 1\n");
    await chmod(hook, 0o755);
    const daemon = await all.start({
      environment: tools.environment,
      settings: { DockerSettings: { Hosts: { nas: { Socket: engine.socket } } } },
    });
    await discord.message("Update failed");
    await discord.message("web:2.0.0@");
    const ada = discord.user("Ada", [discord.place.managers]);

    const [registered] = discord.commands;
    const tree = subCommands(registered?.options ?? []);
    expect(tree.map(({ name }) => name).toSorted()).toEqual([...new Set(commands.map(([name]) => name))].toSorted());
    for (const { name, options } of tree)
      for (const option of options.filter(({ autocomplete }) => autocomplete === true)) {
        const given = Object.fromEntries(
          Object.entries({ ...web, ...app }).filter(
            ([key]) => key !== option.name && options.some((each) => each.name === key),
          ),
        );
        const offered = await ada.autocomplete(`t ${name}`, given, option.name, "");
        if (!hasNothingToOffer.includes(`${name} ${option.name}`))
          expect({ name, option: option.name, offered }).not.toMatchObject({ offered: [] });
      }
    for (const [name, options, words] of commands) {
      const answer = await ada.command(`t ${name}`, options);
      const message = await answer.until((shown) => !labels(shown).includes("Cancel") && words.test(shown.text));
      expect(`${name}: ${message.text}`).not.toContain("**Error**");
    }
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });

  test("Long answers have pages, what runs can be cancelled, and what is confirmed is done once.", {
    timeout: 120_000,
  }, async () => {
    await using all = await openDiscordWorld({ patienceMs: 30_000 });
    await using engine = await dockerEngine();
    const { discord } = all;
    for (const content of ["old", "new"]) await engine.importImage({ tag: "web:1", content });
    await engine.run({ name: "web", image: "web:1", command: ["sh", "-c", stubborn] });
    const many = Array.from({ length: 120 }, (_, index) => [`missing-${index}`, "^*"] as const);
    await all.repository({ "compose.yml": all.compose(Object.fromEntries(many)) });
    const daemon = await all.start({ settings: { DockerSettings: { Hosts: { nas: { Socket: engine.socket } } } } });
    const ada = discord.user("Ada", [discord.place.managers]);
    const stranger = discord.user("stranger");
    const container = { host: "nas", container: "web" };

    const logs = await ada.command("t container logs", { ...container, lines: 2000 });
    const [file] = (await logs.until("line 1500")).files;
    expect(file?.text).toMatch(/^line 1 [^]*\nline 1500 .*\n?$/);

    const updates = await ada.command("t updates");
    const paged = await updates.until((message) => labels(message).length > 0);
    const firstPage = paged.text;
    await stranger.click(paged, "▶");
    expect(paged.text).not.toBe(firstPage);

    const stopping = await ada.command("t container stop", container);
    const running = await stopping.until((message) => labels(message).includes("Cancel"));
    expect((await stranger.click(running, "Cancel")).isPrivate).toBe(true);
    await ada.click(running, "Cancel");
    await stopping.until("container stop was cancelled");
    expect(labels(running)).toEqual([]);
    const late = await ada.click(running, "Cancel", { version: 1 });
    expect(late.message.text).toContain("no longer running");

    const list = await (await ada.command("t host prune", { host: "nas" })).until(
      (message) => labels(message).length > 0,
    );
    const [confirm = ""] = labels(list);
    expect((await stranger.click(list, confirm)).isPrivate).toBe(true);
    const version = list.versions.length - 1;
    await ada.click(list, confirm);
    expect(labels(list)).toEqual([]);
    expect((await ada.click(list, confirm, { version })).message.text).toContain("chosen before");
    await discord.until("pruned", () => list.text.includes("removed"));
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});

function subCommands(
  options: readonly CommandOption[],
  before = "",
): readonly { readonly name: string; readonly options: readonly CommandOption[] }[] {
  return options.flatMap(({ type, name, options: nested = [] }) =>
    type === 2 ? subCommands(nested, `${name} `) : [{ name: `${before}${name}`, options: nested }],
  );
}

const stubborn =
  "for line in $(seq 1 1500); do echo \"line $line @everyone \\`\\`\\` $(printf %080d $line)\"; done; trap '' TERM; while true; do sleep 1; done";

/** A compose project with one service, from an image of the world's registry. */
async function startApp({ world }: DiscordWorld, engine: DockerEngine, environment: Readonly<Record<string, string>>) {
  const image = `${world.registry.host}/app:1`;
  await engine.importImage({
    tag: image,
    instructions: [
      'CMD ["sh", "-c", "echo hello from web; exec sleep 1000"]',
      "LABEL org.opencontainers.image.version=1.2.3",
    ],
  });
  await engine.push(image);
  await world.folder.write({
    "app/compose.yml": `services:\n  web:\n    image: ${image}\n    network_mode: none\n    stop_signal: SIGKILL\n`,
  });
  await promisify(execFile)("docker", ["compose", "up", "-d"], {
    cwd: join(world.folder.path, "app"),
    env: { ...environment, DOCKER_HOST: `unix://${engine.socket}` },
  });
}
