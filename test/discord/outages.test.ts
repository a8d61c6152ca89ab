import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import type { RestFault } from "../parties/discord/rest/rest-faults.ts";
import { byHand, openDiscordWorld, patience } from "./discord-world.ts";

describeWith(["git", "docker-registry"], "Talos and an unreliable Discord", () => {
  test("Whatever becomes of the connection, what a user asks meanwhile is answered.", patience, async () => {
    await using all = await openDiscordWorld({ patienceMs: 25_000 });
    const { discord } = all;
    const { gateway, owner } = discord;
    gateway.heartbeatIntervalMs = 300;
    await all.repository({ "compose.yml": "services: {}\n" });
    const daemon = await all.start();
    const signIns = (kind: string) => gateway.signIns.filter((each) => each.kind === kind).length;
    const ask = async () => {
      const answer = await owner.command("t queue");
      await answer.until(/queue/i);
    };
    const resumed = (count: number) => discord.until(`${count} resumed`, () => signIns("resume") === count);

    gateway.drop();
    await ask();
    gateway.askToReconnect();
    await resumed(2);
    await ask();
    gateway.silence();
    await resumed(3);
    await ask();
    gateway.invalidate(true);
    await resumed(4);
    await ask();
    gateway.invalidate(false);
    await discord.until("signed in anew", () => signIns("identify") === 2);
    await ask();
    expect(signIns("resume")).toBe(4);
    expect(discord.count("PUT")).toBe(1);
    expect(await daemon.stop()).toBe(0);
    await discord.until("signed out", () => gateway.connected === 0);
    expect(daemon.other).toEqual([]);
  });

  test("Refused, delayed and lost calls neither lose a notice nor double one.", patience, async () => {
    await using all = await openDiscordWorld({ patienceMs: 25_000 });
    const { discord } = all;
    await all.push("web", "1.0.0");
    await all.repository({ "compose.yml": all.compose({ web: "+*" }) });
    const daemon = await all.start();
    const announce = async (version: string) => {
      await all.push("web", version);
      await all.scan();
      const wanted = new RegExp(`web:${version}@|-> ${version} `);
      await discord.message(wanted);
      await discord.until("settled", () => discord.restFaults.left === 0 && discord.requests.at(-1)?.status === 200);
      return wanted;
    };
    const faults: readonly RestFault[] = [
      { kind: { retryAfterSeconds: 0.3 } },
      { kind: { retryAfterSeconds: 0.3, isGlobal: true } },
      { kind: { disconnect: "after" } },
      { kind: { answer: 502, isDone: true } },
      { kind: { answer: 500, isDone: true }, times: 4 },
      { kind: { answer: 401 } },
    ];
    const told: RegExp[] = [];
    for (const [index, fault] of faults.entries()) {
      discord.restFaults.add({ route: "POST /channels/:channel/messages", ...fault });
      told.push(await announce(`${index + 2}.0.0`));
    }
    await all.scan();
    for (const wanted of told) expect(discord.messages().filter(({ text }) => wanted.test(text))).toHaveLength(1);
    const answer = await discord.owner.command("t queue");
    await answer.until(/queue/i);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });

  test(
    "What happens while Discord is away is told when it is back, once, also across a restart.",
    patience,
    async () => {
      await using all = await openDiscordWorld({ patienceMs: 25_000 });
      const { discord } = all;
      await all.push("web", "1.0.0", "1.0.1");
      const repository = await all.repository({ "compose.yml": all.compose({ web: "^!" }) });
      await discord.goAway();
      const first = await all.start({ isDiscordThere: false });
      await first.waitFor("delivered", ({ kind }) => kind === "delivered");
      await byHand(repository, { "compose.yml": all.compose({ web: "^!", db: "+*" }) });
      await first.kill();
      await all.push("db", "1.0.0", "2.0.0");
      const second = await all.start({ isDiscordThere: false, isFirst: false });
      await second.waitFor("announced", ({ kind }) => kind === "announced");
      await discord.comeBack();
      await discord.message("Updates pushed");
      await discord.message("db:2.0.0");
      await all.scan();
      await discord.goAway();
      discord.forgetNonces();
      await all.push("db", "3.0.0");
      await all.scan();
      await discord.comeBack();
      await discord.message("db:3.0.0");
      const texts = discord.messages().map(({ text }) => text);
      for (const what of ["Updates pushed", "db:2.0.0", "db:3.0.0"])
        expect(texts.filter((text) => text.includes(what))).toHaveLength(1);
      expect(await second.stop()).toBe(0);
      expect([...first.other, ...second.other]).toEqual([]);
    },
  );

  test(
    "What Discord has not heard a sign of in time is not done; a sign that was lost is given again.",
    patience,
    async () => {
      await using all = await openDiscordWorld();
      const { discord } = all;
      const { owner } = discord;
      await all.repository({ "compose.yml": "services: {}\n" });
      const daemon = await all.start();
      const callback = "POST /interactions/:interaction/:token/callback";
      const ask = async () => (await owner.command("t queue")).until(/queue/i);
      for (const kind of [{ answer: 500 }, { disconnect: "before" }, { disconnect: "after" }] as const) {
        discord.restFaults.add({ route: callback, kind });
        await ask();
      }
      const late = Promise.withResolvers<void>();
      const { acknowledgeWithinMs } = discord;
      discord.acknowledgeWithinMs = 3000;
      discord.restFaults.add({ route: callback, kind: { slow: late.promise }, times: 4 });
      await expect(owner.command("t scan")).rejects.toThrow("did not respond");
      late.resolve();
      discord.restFaults.clear();
      discord.acknowledgeWithinMs = acknowledgeWithinMs;
      await ask();
      expect(daemon.lines.filter(({ kind }) => kind === "scan-finished")).toHaveLength(1);
      expect(await daemon.stop()).toBe(0);
      expect(daemon.other).toEqual([]);
    },
  );
});
