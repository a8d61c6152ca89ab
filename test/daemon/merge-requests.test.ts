import { expect, test } from "vitest";
import { kinds } from "../forges/forges.ts";
import { describeWith } from "../parties/describe-with.ts";
import { runTestGit } from "../parties/git.ts";
import { openForgeWorld } from "./forge-world.ts";

describeWith(["git", "docker-registry"], "talos run with merge requests", () => {
  test.for(kinds)(
    "$type: one is opened, follows newer versions, and its merge is the delivery",
    { timeout: 60_000 },
    async (kind) => {
      await using world = await openForgeWorld(kind);
      const { forge, repository } = world;
      const begin = await world.tip("main");
      await world.release("1.0.1");
      const daemon = await world.daemon();
      const opened = await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
      const { branch } = world.request(0);
      expect(world.request(0)).toMatchObject({
        number: 1,
        target: "main",
        state: "open",
        title: expect.stringMatching(/^\[Talos\] web: web:1\.0\.0@\w+ -> web:1\.0\.1@/),
      });
      expect(opened["link"]).toContain(forge.origin);
      expect(await world.image(branch)).toBe("web:1.0.1");
      expect(await runTestGit(repository.path, "rev-parse", `${branch}^`)).toBe(begin);
      const written = forge.calls.filter(({ method }) => method !== "GET").length;
      await world.scans(2);
      expect(forge.calls.filter(({ method }) => method !== "GET")).toHaveLength(written);

      await world.release("1.0.2");
      await daemon.waitFor("updated", (line) => line.kind === "merge-request-updated");
      expect(forge.kept).toHaveLength(1);
      expect(world.request(0)).toMatchObject({ branch, state: "open", title: expect.stringContaining("web:1.0.2@") });
      expect(world.request(0).body).toContain("web:1.0.2@");
      expect(await world.image(branch)).toBe("web:1.0.2");
      expect(await runTestGit(repository.path, "rev-parse", `${branch}^`)).toBe(begin);
      expect(await world.tip("main")).toBe(begin);

      await runTestGit(repository.path, "update-ref", "refs/heads/main", branch);
      world.request(0).state = "merged";
      const delivered = await daemon.waitFor("delivered", (line) => line.kind === "delivered");
      expect(delivered["link"]).toBe(opened["link"]);
      await world.waitFor(async () => (await world.tip(branch)) === undefined);
      await world.scans(2);
      expect(forge.kept).toHaveLength(1);
      expect(world.request(0).comments).toEqual([]);
      const kinds = daemon.lines.flatMap(({ kind }) => (kind === undefined || kind === "scan-finished" ? [] : [kind]));
      expect(kinds).toEqual(["queued", "merge-request-opened", "queued", "merge-request-updated", "delivered"]);
      expect(await daemon.stop()).toBe(0);
    },
  );
});
