import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import type { DiscordMessage } from "../parties/discord/state/messages.ts";
import type { Answer } from "../parties/discord/user.ts";
import { labels, openDiscordWorld, patience } from "./discord-world.ts";

describeWith(["git", "docker-registry"], "people in Discord", () => {
  test("Whoever may not, comes twice or forges is told so alone, and nothing is done.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    const { operators, managers } = discord.place;
    await all.push("web", "1.0.0", "2.0.0");
    const repository = await all.repository({ "compose.yml": all.compose({ web: "+?" }) });
    const daemon = await all.start({
      discord: { Access: { Operate: { Roles: [operators.id] }, Admin: { Users: ["1"] } } },
    });
    const prompt = await discord.message("web:2.0.0@");
    const before = JSON.stringify(prompt.embeds);
    const alone = async (answer: Answer, words: RegExp) => {
      const told = await discord.until(`${words}`, () =>
        [answer.message, ...answer.followUps].find(({ text, onlyFor }) => onlyFor !== undefined && words.test(text)),
      );
      expect(labels(told)).toEqual([]);
    };
    const refused = /You may not do this/;
    const stranger = discord.user("stranger");
    const manager = discord.user("manager", [managers]);
    for (const label of ["Push", "Defer", "Ignore"]) await alone(await stranger.click(prompt, label), refused);
    await alone(await manager.click(prompt, "Push"), refused);
    await alone(await stranger.command("t scan"), refused);
    await alone(await stranger.command("t update answer", { reference: "web", answer: "push" }), refused);
    expect(await stranger.autocomplete("t update answer", { answer: "push" }, "reference", "w")).toEqual([]);
    await (await stranger.command("t queue")).until((message) => message.embeds.length > 0);

    const operator = discord.user("operator", [operators]);
    for (const from of ["direct-message", "other-guild"] as const) {
      await alone(await operator.click(prompt, "Push", { from }), /./);
      await alone(await operator.command("t queue", {}, { from }), /./);
      expect(await operator.autocomplete("t update answer", { answer: "push" }, "reference", "w", { from })).toEqual(
        [],
      );
    }
    const [id] = prompt.buttons.flatMap(({ customId }) => customId ?? []);
    for (const forged of forgeries(id ?? "")) await alone(await operator.forge(prompt, forged), /./);
    expect(labels(prompt)).toEqual(["Push", "Defer", "Ignore"]);
    expect(JSON.stringify(prompt.embeds)).toBe(before);
    expect(await repository.commits()).toHaveLength(1);

    const [first, second] = await Promise.all([operator.click(prompt, "Push"), operator.click(prompt, "Push")]);
    await discord.until("delivered", () => prompt.text.includes("delivered with"));
    const private1 = (answer: Answer): readonly DiscordMessage[] => answer.followUps;
    await discord.until("the second is told", () => [first, second].flatMap(private1).length === 1);
    await alone(await operator.click(prompt, "Defer", { version: 0 }), /Push/);
    expect(prompt.text).toContain("operator chose **Push**");
    expect(await repository.commits()).toHaveLength(2);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});

function forgeries(id: string): readonly string[] {
  const [program, word, question, answer] = id.split(":");
  return [
    "x",
    "../../etc/passwd",
    "talos1",
    `${program}:${word}:${question}:delete`,
    `${program}:${word}:${question}`,
    `${program}:${word}:00000000-0000-0000-0000-000000000000:${answer}`,
    `${program}:chosen:0-ffffffff:push`,
    `${program}:questions:999`,
    `${program}:cancel:1`,
    `${program}:page:1:9999`,
    `${program}:choice:1:0`,
    `${program}:choose:1:0`,
    `${program}:answer:${"x".repeat(64)}:push`,
    "complete-interaction-image-update-00000000-0000-0000-0000-000000000000",
  ];
}
