import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { openWorld, type WatchedRepository, type World } from "./world.ts";

/** Several programs are started, and several scans waited for. */
const patience = { timeout: 60_000 };

/** Scans come on request alone. */
async function watch(world: World, repository: WatchedRepository) {
  const daemon = await world.daemon({
    ImageUpdateSettings: {
      Schedule: { Type: "Delay", DelaySeconds: 3600 },
      Repositories: [{ Url: repository.path }],
    },
  });
  const talos = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await world.talos(args);
    return { status, text: stdout + stderr };
  };
  const next = (kind: string, from: number) => daemon.waitFor(kind, (line) => line.kind === kind, from);
  return { daemon, talos, next };
}

/** What a person does in the clone, on top of what is there. */
async function byHand({ clone }: WatchedRepository, work: () => Promise<unknown>): Promise<void> {
  await clone.git("fetch", "--quiet", "origin", "main");
  await clone.git("reset", "--quiet", "--hard", "origin/main");
  await work();
  await clone.git("push", "--quiet", "--force", "origin", "HEAD:main");
}

const tagIn = async (repository: WatchedRepository) => /web:([\d.]+)/.exec(await repository.read("compose.yml"))?.[1];

describeWith(["git", "docker-registry"], "talos run among people", () => {
  test(
    "What a person undoes stays undone, and is shown, until something newer comes or they lift it.",
    patience,
    async () => {
      await using world = await openWorld();
      const push = (tag: string) => world.registry.push({ repository: "web", tags: [tag], content: tag });
      await push("1.0.0");
      await push("1.0.1");
      const repository = await world.repository("infra", {
        "compose.yml": `services:\n  web:\n    image: ${world.registry.host}/web:1.0.0\n    x-tl: ^!\n`,
      });
      const { daemon, talos, next } = await watch(world, repository);
      const ours = await next("delivered", 0);

      await byHand(repository, () => repository.clone.git("revert", "--no-edit", String(ours.commit)));
      expect((await talos("scan")).status).toBe(0);
      const reverted = await next("reverted", 0);
      expect(reverted.msg).toMatch(/^web: web:1\.0\.0 -> web:1\.0\.1@\w{8} was undone; it is not proposed again until/);
      expect((await talos("updates")).text).toMatch(/reverted|undone/);
      expect((await talos("why", "web")).text).toMatch(/1\.0\.1 was undone by commit \w{8}/);

      await push("1.0.2");
      let from = daemon.lines.length;
      await talos("scan");
      await next("delivered", from);
      expect(await tagIn(repository)).toBe("1.0.2");

      // By hand, and then lifted.
      await byHand(repository, async () => {
        const text = await repository.read("compose.yml");
        await repository.clone.commit({ "compose.yml": text.replace(/web:1\.0\.2\S*/, "web:1.0.1") });
      });
      from = daemon.lines.length;
      await talos("scan");
      await next("reverted", from);
      from = daemon.lines.length;
      expect((await talos("update", "unhold", "web")).status).toBe(0);
      await next("delivered", from);
      expect(await tagIn(repository)).toBe("1.0.2");

      // A force-push without our commit.
      await byHand(repository, () => repository.clone.git("reset", "--quiet", "--hard", "HEAD~1"));
      from = daemon.lines.length;
      await talos("scan");
      await next("reverted", from);
      expect(await tagIn(repository)).toBe("1.0.1");
      expect(await daemon.stop()).toBe(0);
      expect(daemon.other).toEqual([]);
    },
  );

  test(
    "A question is listed, put off, asked again, answered once, and its answer is in the commit.",
    patience,
    async () => {
      await using world = await openWorld();
      const push = (tag: string) => world.registry.push({ repository: "web", tags: [tag], content: tag });
      const { digest } = await push("1.0.0");
      await push("2.0.0");
      const repository = await world.repository("infra", {
        "compose.yml": `services:\n  web:\n    image: ${world.registry.host}/web:1.0.0@${digest}\n    x-tl: +?\n`,
      });
      const { daemon, talos, next } = await watch(world, repository);
      await next("question-opened", 0);
      expect((await talos("updates")).text).toMatch(/asks you/);

      expect((await talos("update", "answer", "web", "defer")).text).toMatch(/will be asked again at the next scan/);
      expect((await talos("updates")).text).toMatch(/deferred/);
      let from = daemon.lines.length;
      await talos("scan");
      expect((await next("question-opened", from)).msg).toMatch(/asked again$/);

      from = daemon.lines.length;
      expect((await talos("update", "answer", "web", "ignore")).text).toMatch(/will not be proposed again/);
      await next("scan-finished", from);
      expect((await talos("why", "web")).text).toMatch(/declined by/);

      await push("2.1.0");
      from = daemon.lines.length;
      await talos("scan");
      await next("question-opened", from);
      expect((await talos("update", "answer", "web", "push")).status).toBe(0);
      const again = await talos("update", "answer", "web", "push");
      expect(again.status).not.toBe(0);
      expect(again.text).toMatch(/already answered by .+ \(terminal\): web: web:1\.0\.0@\w{8} -> web:2\.1\.0/);
      await next("delivered", from);
      expect(await tagIn(repository)).toBe("2.1.0");
      const [commit] = await repository.commits();
      expect(commit?.message).toMatch(/\n\nApproved-by: \S.* \(terminal\)$/);
      expect(await daemon.stop()).toBe(0);
    },
  );
});
