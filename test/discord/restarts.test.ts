import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { labels, openDiscordWorld, patience } from "./discord-world.ts";

const post = "POST /channels/:channel/messages";

describeWith(["git", "docker-registry"], "a Talos that comes and goes", () => {
  test(
    "A message that was posted when Talos was killed is not posted again, and its buttons work.",
    patience,
    async () => {
      await using all = await openDiscordWorld();
      const { discord } = all;
      await all.push("web", "1.0.0", "2.0.0");
      const repository = await all.repository({ "compose.yml": all.compose({ web: "+?" }) });
      const never = new Promise(() => undefined);
      discord.restFaults.add({ route: post, kind: { slow: never, isDone: true } });
      const first = await all.start();
      const asked = await discord.message("web:2.0.0@");
      await first.kill();
      discord.forgetNonces();
      const second = await all.start({ isFirst: false });
      const ada = discord.user("Ada", [discord.place.managers]);
      await ada.click(asked, "Push");
      await discord.until("delivered", () => asked.text.includes("delivered with"));
      await discord.message("Updates pushed");
      expect(discord.messages()).toHaveLength(2);
      expect(asked.buttons).toEqual([]);
      expect(await repository.commits()).toHaveLength(2);
      expect(await second.stop()).toBe(0);
      expect(second.other).toEqual([]);
    },
  );

  test("After a restart pages turn, and what was running says so and cannot be cancelled.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord, git } = all;
    const many = Array.from({ length: 120 }, (_, index) => [`missing-${index}`, "^*"] as const);
    await all.repository({ "compose.yml": all.compose(Object.fromEntries(many)) });
    const first = await all.start();
    const { owner } = discord;
    const paged = await (await owner.command("t updates")).until((message) => labels(message).includes("▶"));
    const before = paged.text;
    git.fault = { kind: "hang" };
    const scanning = await owner.command("t scan");
    const running = await scanning.until((message) => labels(message).includes("Cancel"));
    expect(await first.stop()).toBe(0);
    await scanning.until((message) => labels(message).length === 0);
    git.fault = undefined;

    const second = await all.start({ isFirst: false });
    await owner.click(paged, "▶");
    expect(paged.text).not.toBe(before);
    const shown = running.versions.findIndex((version) => version.components.length > 0);
    const late = await owner.click(running, "Cancel", { version: shown });
    expect(late.isPrivate).toBe(true);
    expect(discord.count("PUT")).toBe(1);
    expect(await second.stop()).toBe(0);
    expect([...first.other, ...second.other]).toEqual([]);
  });
});
