import { join } from "node:path";
import { expect, test } from "vitest";
import { openForgeWorld } from "../daemon/forge-world.ts";
import { kinds } from "../forges/forges.ts";
import { describeWith } from "../parties/describe-with.ts";
import { payloadsOf } from "./payloads.ts";
import { webhookDoor } from "./webhook-door.ts";

const [gitlab] = kinds;
if (gitlab === undefined) throw new Error("no forges");

describeWith(["git", "docker-registry"], "pipelines of a merge request of Talos", () => {
  test("are told, and those of what it becomes when it is merged, or squashed.", async () => {
    await using world = await openForgeWorld(gitlab);
    const door = await webhookDoor({ folder: join(world.world.folder.path, "talos") });
    const { pipeline } = payloadsOf(world.place.origin, world.place.path);
    await world.release("1.0.1");
    const daemon = await world.daemon({}, door.settings);
    const { clone } = world.repository;
    let number = 0;
    const says = async (sha: string, ref = "main") => {
      number += 1;
      expect(await door.post("gitlab", pipeline(number, "failed", sha, { ref }))).toBe(202);
    };
    const told = async (sha: string) => {
      await daemon.waitFor(`the pipeline of ${sha}`, ({ kind, commit }) => kind === "pipeline" && commit === sha);
    };
    /** A person brings the latest request to the branch; gives the commit there, and that of the request. */
    const merge = async (how: string) => {
      const { branch } = world.request(0);
      await clone.git("fetch", "--quiet", "origin");
      await clone.git("checkout", "--quiet", "-B", "work", "origin/main");
      await clone.commit({ "notes.txt": how });
      await clone.git("merge", "--quiet", how, `origin/${branch}`);
      if (how === "--squash") await clone.git("commit", "--quiet", "-m", "Squashed by somebody");
      await clone.git("push", "--quiet", "origin", "work:main");
      return clone.git("rev-parse", "HEAD");
    };

    await daemon.waitFor("opened", ({ kind }) => kind === "merge-request-opened");
    const { branch } = world.request(0);
    const proposed = (await world.tip(branch)) ?? "";
    await says(proposed, branch);
    await told(proposed);
    const squashed = await merge("--squash");
    await says(squashed);
    await told(squashed);
    const before = await clone.git("rev-parse", "HEAD~1");
    await clone.git("push", "--quiet", "--force", "origin", `${before}:main`);
    const merged = await merge("--no-ff");
    await says(before);
    await says(merged);
    await told(merged);
    expect(daemon.lines.filter(({ kind }) => kind === "pipeline")).toHaveLength(3);
    expect(await daemon.stop()).toBe(0);
  }, 60_000);
});
