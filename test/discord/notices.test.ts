import { chmod, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { byHand, openDiscordWorld, patience } from "./discord-world.ts";

describeWith(["git", "docker-registry"], "notices in Discord", () => {
  test("Each kind is told once, in the channel or thread it belongs to.", patience, async () => {
    await using all = await openDiscordWorld({ patienceMs: 25_000 });
    const { discord, git } = all;
    const { channel, otherChannel, thread } = discord.place;
    await all.push("web", "1.0.0", "1.0.1");
    await all.push("db", "1.0.0", "2.0.0");
    const group = (id: string, role: string) =>
      `  ${id}:\n    image: ${all.world.registry.host}/web:1.0.0\n    x-talos: { bump: minor, strategy: push, sync: ${role} }\n`;
    const repository = await all.repository({
      "compose.yml": all.compose({ web: "^!", db: "+*" }),
      "photos/compose.yml": `services:\n${group("server", "{ role: parent, group: photos, id: server, children: [ml] }")}`,
    });
    const hook = join(repository.path, "hooks/pre-receive");
    await writeFile(hook, "#!/bin/sh\necho 'Fridays are holy.' >&2\nexit 1\n");
    await chmod(hook, 0o755);
    const daemon = await all.start({
      settings: {
        Notifications: [
          { Kinds: ["ScanError", "GroupIncomplete"], ChannelId: otherChannel.id },
          { Kinds: ["Held"], ChannelId: thread.id },
          { Kinds: ["UpdateAvailable", "Pushed", "Failed", "DeadLettered"] },
        ],
      },
    });
    await discord.message("db:2.0.0@", channel.id);
    await discord.message("Group incomplete", otherChannel.id);
    const refused = await discord.message("Update failed", channel.id);
    expect(refused.text).toMatch(/\*\*web\*\*\n> .*pre-receive hook declined/);

    await rm(hook);
    await all.talos("replaydeadletters", "all");
    const pushed = await discord.message("Updates pushed", channel.id);
    expect(pushed.text).toContain("compose.yml\n  web: web:1.0.0 -> web:1.0.1@");
    await byHand(repository, { "compose.yml": all.compose({ web: "^!", db: "+*" }) });
    await all.scan();
    const held = await discord.message("Held", thread.id);
    expect(held.text).toContain("was undone");

    git.fault = { kind: "answer", status: 500 };
    await all.world.talos(["scan"]);
    await all.world.talos(["scan"]);
    await discord.message("Scan failed", otherChannel.id);
    git.fault = undefined;
    await all.scan();
    await all.scan();
    await discord.message("Well again", otherChannel.id);

    const headings = (id: string) => discord.messages(id).map(({ text }) => text.split("\n", 1).join());
    expect(headings(channel.id).toSorted((one, other) => one.localeCompare(other))).toEqual([
      "**Image update available**",
      "**Update failed**",
      "**Updates pushed**",
    ]);
    expect(headings(thread.id)).toEqual(["**Held**"]);
    expect(headings(otherChannel.id)).toEqual(["**Group incomplete**", "**Scan failed**", "**Well again**"]);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });

  test("A channel that takes no messages stops no other, and is told of in the log.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    const { channel, otherChannel } = discord.place;
    await all.push("web", "1.0.0", "2.0.0");
    await all.repository({ "compose.yml": all.compose({ web: "+*" }) });
    channel.access = "read";
    const daemon = await all.start({
      settings: { Notifications: [{ Kinds: ["UpdateAvailable"] }, { ChannelId: otherChannel.id }, { ChannelId: "1" }] },
    });
    await discord.message("web:2.0.0@", otherChannel.id);
    await daemon.waitFor("no right", ({ msg }) => msg.includes(channel.id));
    await daemon.waitFor("no channel", ({ msg }) => /channel 1\b/.test(msg));
    channel.access = "write";
    await all.push("web", "3.0.0");
    await all.scan();
    await discord.message("web:3.0.0@", channel.id);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });

  test("A question in a thread that has gone to sleep does not look alive when it is dead.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    const { thread } = discord.place;
    await all.push("web", "1.0.0", "2.0.0");
    await all.repository({ "compose.yml": all.compose({ web: "+?" }) });
    const daemon = await all.start({ discord: { ChannelId: thread.id } });
    const asked = await discord.message("web:2.0.0@", thread.id);
    thread.isArchived = true;
    await all.talos("update", "answer", "web", "ignore");
    await discord.until("answered", () => asked.text.includes("chose **Ignore**") && asked.buttons.length === 0);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});
