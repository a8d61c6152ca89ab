import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { openDiscordWorld, patience } from "./discord-world.ts";
import { readMarkdown } from "./living-markdown.ts";

const names = [
  "@everyone",
  "<@&1> <#2> <@3>",
  "```js\nwhile(1)```",
  "`**bold**` __under__ ~~no~~ ||spoiler||",
  "[click](https://example.com) https://example.com",
  `long-${"x".repeat(300)}`,
  "\u202eabc\u2066def\u200b",
  "# heading",
  "-# small",
  "> quote",
];

describeWith(["git", "docker-registry"], "names from outside in Discord", () => {
  test("They mention, format, link and reorder nothing, in no message.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    const { host } = all.world.registry;
    await all.push("web", "1.0.0", "1.0.1", "2.0.0");
    await all.world.registry.push({
      repository: "web",
      tags: ["2.0.1"],
      content: "labels",
      labels: { "org.opencontainers.image.source": "https://example.com/a)b](https://evil.example)" },
    });
    const file = (policy: string, some: readonly string[]) =>
      `services:\n${some
        .map((name) => `  ${JSON.stringify(name)}:\n    image: ${host}/web:1.0.0\n    x-tl: ${policy}\n`)
        .join("")}`;
    await all.repository({
      "@everyone `x`/compose.yml": file("+?", names.slice(0, 5)),
      "ask/compose.yml": file("+?", names.slice(5)),
      "tell/compose.yml": file("+*", names),
      "push/compose.yml": file("~!", names),
    });
    const daemon = await all.start();
    const somebody = discord.user("@everyone `x` \u202e**Ada**", [discord.place.managers]);
    const pushed = await discord.message("Updates pushed");
    await discord.message("Image updates available");
    const asked = await discord.until("questions", () =>
      discord.messages().find(({ components }) => components.length > 0),
    );
    const [row] = asked.components.flatMap((each) => each.components);
    const options = row !== undefined && "options" in row ? row.options : [];
    const chosen = await somebody.select(
      asked,
      options.slice(0, 4).map(({ value }) => value),
    );
    await chosen.until("Answer 4 questions");
    await (await somebody.click(chosen.message, "Ignore")).until("You chose");
    await discord.until("answered", () => asked.text.includes("chose"));
    await (await somebody.command("t updates")).until((message) => message.embeds.length > 0);
    await (await somebody.command("t why", { reference: "x".repeat(300) })).until(
      (message) => message.embeds.length > 0,
    );
    await (await somebody.command("t why", { reference: "@everyone <@1> `x" })).until(
      (message) => message.embeds.length > 0,
    );
    expect(pushed.embeds).toHaveLength(1);
    const texts = discord
      .messages()
      .concat(somebody.sees())
      .flatMap(({ versions }) => versions)
      .flatMap(textsOf);
    for (const text of texts) {
      const { living } = readMarkdown(withoutOurs(text));
      expect({ text, living }).toEqual({ text, living: [] });
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    }
    // Labels are plain text, but text can be turned around there, too.
    expect(JSON.stringify(discord.messages().map(({ versions }) => versions))).not.toMatch(
      /[\u202a-\u202e\u2066-\u2069]/,
    );
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});

function textsOf({
  embeds,
  content,
}: {
  readonly embeds: readonly { readonly description?: string }[];
  readonly content: string;
}) {
  return [content, ...embeds.map(({ description }) => description ?? "")];
}

/**
 * Without what Talos formats: closed code blocks, links to places it knows, and bold, italic, small, quoted and listed text.
 * Nothing else may live, nor anything within these.
 */
function withoutOurs(markdown: string): string {
  return markdown
    .replaceAll("\\`", "\u0001")
    .replaceAll(/```[^]*?```/g, "")
    .replaceAll("\u0001", "\\`")
    .replaceAll(/\[(?:Project page|[Cc]ommit \w{8})\]\(<http[^\s<>]*>\)/g, "")
    .replaceAll(/<t:\d+:\w>/g, "")
    .replaceAll(/^(?:-# |> |- )+/gm, "")
    .replaceAll(/\*\*((?:\\.|[^\\*\n])+)\*\*/g, "$1")
    .replaceAll(/(?<!\\)\*((?:\\.|[^\\*\n])+)\*/g, "$1");
}
