import { join } from "node:path";
import { expect, test } from "vitest";
import { type DiscordWorld, openDiscordWorld, patience } from "../discord/discord-world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { payloadsOf } from "./payloads.ts";
import { webhookDoor } from "./webhook-door.ts";

/** A repository into which Talos, when it starts, brings an update. */
async function openWorldWithUpdate() {
  const all = await openDiscordWorld({ patienceMs: 25_000 });
  await all.push("web", "1.0.0", "1.0.1");
  const repository = await all.repository({ "compose.yml": all.compose({ web: "^!" }), "notes.txt": "" });
  const door = await webhookDoor({ folder: join(all.world.folder.path, "talos") });
  const { pipeline } = payloadsOf(all.git.url);
  return {
    all,
    repository,
    door,
    async start(isFirst = true) {
      const daemon = await all.start({ settings: door.settings, isFirst });
      await daemon.waitFor("it takes webhooks", ({ msg }) => msg.startsWith("the page and the API are at"));
      return daemon;
    },
    /** GitLab says that; every delivery is taken. */
    says: async (...said: Parameters<typeof pipeline>) => {
      expect(await door.post("gitlab", pipeline(...said))).toBe(202);
    },
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}

/** Of each message about a pipeline, its heading, place, number and commit. */
function told({ discord }: DiscordWorld): readonly string[] {
  return discord
    .messages(discord.place.channel.id)
    .map(({ text }) => text.replaceAll("\\", ""))
    .filter((text) => text.startsWith("**Pipeline"))
    .map((text) => {
      const [, heading] = /^\*\*Pipeline (\w+)\*\*/.exec(text) ?? [];
      const [, number] = /#(\d+)/.exec(text) ?? [];
      const [, commit] = /Commit \[(\w+)\]/.exec(text) ?? [];
      return `#${number} ${heading} ${commit}`;
    });
}

describeWith(["git", "docker-registry"], "pipelines of what Talos has pushed", () => {
  test("Each is one message, whatever comes late, twice, or after Talos was killed.", patience, async () => {
    await using world = await openWorldWithUpdate();
    const { all, says } = world;
    const { discord } = all;
    const daemon = await world.start();
    const { commit: id = "" } = await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
    const short = id.slice(0, 8);
    const until = async (...wanted: readonly string[]) => {
      await expect.poll(() => told(all), { timeout: 20_000 }).toEqual(wanted);
    };

    await says(1, "running", id);
    await until(`#1 running ${short}`);
    await says(1, "success", id);
    await until(`#1 completed ${short}`);
    const done = await discord.message("Pipeline completed", discord.place.channel.id);
    expect(done.text.replaceAll("\\", "")).toContain(
      `home/infra » main\nPipeline [#1](<${all.git.url}/home/infra/-/pipelines/1>)\nSucceeded in 00:01:02`,
    );

    // Of somebody else's commit; the end before the beginning; and again.
    const stranger = await all.world.registry.push({ repository: "other", tags: ["1"] });
    await says(2, "failed", stranger.digest.slice(7, 47));
    await says(3, "failed", id, { at: 50 });
    await says(3, "running", id, { at: 40 });
    await says(3, "pending", id);
    await says(4, "running", id);
    await until(`#1 completed ${short}`, `#3 failed ${short}`, `#4 running ${short}`);

    await daemon.kill();
    const next = await world.start(false);
    await says(4, "running", id, { at: 3 });
    await says(3, "running", id, { at: 41 });
    await says(4, "canceled", id);
    await until(`#1 completed ${short}`, `#3 failed ${short}`, `#4 cancelled ${short}`);
    const states = [...daemon.lines, ...next.lines].filter(({ kind }) => kind === "pipeline");
    expect(states.map(({ facts }) => Object(facts).state)).toEqual([
      "running",
      "succeeded",
      "failed",
      "running",
      "cancelled",
    ]);
    expect(await next.stop()).toBe(0);
  });

  test(
    "A commit that somebody has rebased is still ours, also while git is away; what lies on top of it is not.",
    patience,
    async () => {
      await using world = await openWorldWithUpdate();
      const { all, says, repository } = world;
      const daemon = await world.start();
      const { commit: id = "" } = await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
      const { clone } = repository;
      await clone.git("fetch", "--quiet", "origin", "main");
      await clone.git("reset", "--quiet", "--hard", `${id}^`);
      await clone.commit({ "notes.txt": "before" });
      await clone.git("cherry-pick", id);
      const rebased = await clone.git("rev-parse", "HEAD");
      const above = await clone.commit({ "notes.txt": "after" });
      await clone.git("push", "--quiet", "--force", "origin", "HEAD:main");
      all.git.fault = { kind: "answer", status: 500 };
      await says(1, "running", above);
      await says(2, "running", rebased);
      await says(2, "success", rebased);
      await expect.poll(() => all.git.requests.length, { timeout: 15_000 }).toBeGreaterThan(4);
      expect(told(all)).toEqual([]);
      all.git.fault = undefined;
      await expect.poll(() => told(all), { timeout: 25_000 }).toEqual([`#2 completed ${rebased.slice(0, 8)}`]);
      const asked = all.git.requests.length;
      // It is known by now; so is that the other one is not ours.
      await says(3, "failed", rebased);
      await says(4, "failed", above);
      await expect.poll(() => told(all).length, { timeout: 15_000 }).toBe(2);
      expect(told(all)[1]).toBe(`#3 failed ${rebased.slice(0, 8)}`);
      expect(all.git.requests.length).toBe(asked);
      expect(await daemon.stop()).toBe(0);
    },
  );
});
