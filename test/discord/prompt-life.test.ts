import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { byHand, labels, openDiscordWorld, patience } from "./discord-world.ts";

const all3 = ["Push", "Defer", "Ignore"];

describeWith(["git", "docker-registry"], "a question in Discord", () => {
  test("It is asked, and after a restart pushed, and delivered with a link to the commit.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    await all.push("web", "1.0.0", "2.0.0");
    const repository = await all.repository({ "compose.yml": all.compose({ web: "+?" }) });
    const first = await all.start();
    const asked = await discord.message("Image update available");
    expect(asked.text).toContain("home/infra » web\n-# web:2.0.0@");
    expect(labels(asked)).toEqual(all3);
    expect(await first.stop()).toBe(0);

    const daemon = await all.start({ isFirst: false });
    const ada = discord.user("Ada", [discord.place.managers]);
    const from = discord.requests.length;
    const answer = await ada.click(asked, "Push");
    expect(answer.message).toBe(asked);
    await discord.until("delivered", () => asked.text.includes("delivered with"));
    const pushed = await discord.message("Updates pushed");
    const [commit] = await repository.commits();
    const link = `${all.git.url}/home/infra/commit/${commit?.id}`;
    expect(asked.text).toContain(`Ada chose **Push**: delivered with [commit ${commit?.id.slice(0, 8)}](<${link}>)`);
    expect(pushed.text).toContain(link);
    expect(commit?.message).toMatch(/\n\nApproved-by: Ada \(discord\)$/);
    expect(asked.buttons).toEqual([]);
    expect(await repository.read("compose.yml")).toContain("web:2.0.0@sha256:");

    // A prompt is one call; an answer one, and an edit or two; what was pushed one more.
    const calls = discord.requests.slice(from).map(({ route }) => route);
    expect(discord.count("POST /channels", 0)).toBe(2);
    expect(calls.filter((route) => route.startsWith("POST /interactions"))).toHaveLength(1);
    expect(calls.filter((route) => route.startsWith("PATCH")).length).toBeLessThanOrEqual(2);
    expect(calls.length).toBeLessThanOrEqual(4);
    expect(await daemon.stop()).toBe(0);
    expect([...first.other, ...daemon.other]).toEqual([]);
  });

  test("It is deferred, asked again, ignored, replaced, answered elsewhere and closed by hand.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    await all.push("web", "1.0.0", "2.0.0");
    const repository = await all.repository({ "compose.yml": all.compose({ web: "+?" }) });
    const daemon = await all.start();
    const ada = discord.user("Ada", [discord.place.managers]);
    const release = async (version: string) => {
      await all.push("web", version);
      await all.scan();
      return discord.until(`asked about ${version}`, () =>
        discord.messages().findLast((each) => each.text.includes(`web:${version}@`) && labels(each).length === 3),
      );
    };
    const says = (message: { readonly text: string }, words: string) =>
      discord.until(words, () => message.text.includes(words));

    const deferred = await discord.message("web:2.0.0@");
    await ada.click(deferred, "Defer");
    await says(deferred, "Ada chose **Defer**");
    expect(deferred.buttons).toEqual([]);
    await all.scan();
    const again = await discord.until("asked again", () =>
      discord.messages().find((each) => labels(each).length === 3),
    );
    expect(again.id).not.toBe(deferred.id);
    expect(again.text).toContain("web:2.0.0@");
    await says(deferred, "Deferred, and asked again");

    await ada.click(again, "Ignore");
    await says(again, "Ada chose **Ignore**");
    await all.scan();
    const replaced = await release("3.0.0");
    const newest = await release("4.0.0");
    await says(replaced, "Not asked any more");
    expect(replaced.buttons).toEqual([]);

    // The message may be older on somebody's screen.
    const late = await ada.click(replaced, "Push", { version: 0 });
    const [told] = await discord.until("an answer to a late click", () => late.followUps.length > 0 && late.followUps);
    expect(told?.onlyFor).toBe(ada.id);

    await all.talos("update", "answer", "web", "defer");
    await says(newest, "(terminal) chose **Defer**");
    await all.scan();
    const last = await discord.until("asked again", () =>
      discord.messages().find((each) => each.id !== newest.id && labels(each).length === 3),
    );
    const text = await repository.read("compose.yml");
    const [image = ""] = /web:4\.0\.0@sha256:\w+/.exec(last.text) ?? [];
    await byHand(repository, { "compose.yml": text.replace("web:1.0.0", image) });
    await all.scan();
    await says(last, "Not asked any more");
    expect(discord.messages().filter((each) => each.buttons.length > 0)).toEqual([]);
    expect(await repository.commits()).toHaveLength(2);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });

  test("Of many at once some are selected and answered together.", patience, async () => {
    await using all = await openDiscordWorld();
    const { discord } = all;
    const names = ["api", "db", "mail", "web", "wiki"];
    for (const name of names) await all.push(name, "1.0.0", "2.0.0");
    const policies = Object.fromEntries(names.map((name) => [name, "+?"]));
    const repository = await all.repository({ "compose.yml": all.compose(policies) });
    const daemon = await all.start();
    const asked = await discord.message("Image updates available");
    expect(discord.messages()).toHaveLength(1);
    const ada = discord.user("Ada", [discord.place.managers]);
    const chosen = await ada.select(asked, ["db", "wiki"]);
    await chosen.until("Answer 2 questions");
    expect(chosen.isPrivate).toBe(true);
    const done = await ada.click(chosen.message, "Push");
    await done.until("You chose push for 2 updates");
    await discord.until("both delivered", () => asked.text.match(/delivered with/g)?.length === 2);
    const text = await repository.read("compose.yml");
    expect(text.match(/:2\.0\.0@/g)).toHaveLength(2);
    expect(labels(asked)).toHaveLength(9);
    await ada.click(asked, "Ignore web");
    await discord.until("ignored", () => asked.text.includes("chose **Ignore**"));
    expect(labels(asked)).toHaveLength(6);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});
