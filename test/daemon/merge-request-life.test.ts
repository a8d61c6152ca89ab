import { expect, test } from "vitest";
import type { FakeAnswer } from "../forges/fake-forge.ts";
import { type ForgeKind, kinds } from "../forges/forges.ts";
import { describeWith } from "../parties/describe-with.ts";
import { runTestGit } from "../parties/git.ts";
import { composeText, openForgeWorld } from "./forge-world.ts";

const [gitlab, github, gitea] = kinds;
if (gitlab === undefined || github === undefined || gitea === undefined) throw new Error("no forges");

describeWith(["git", "docker-registry"], "a merge request of talos run", () => {
  test("that a person closes refuses its version; a newer one is asked for again", async () => {
    await using world = await openForgeWorld(gitea);
    await world.release("1.0.1");
    const daemon = await world.daemon();
    await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
    world.request(0).state = "closed";
    const closed = await daemon.waitFor("closed", (line) => line.kind === "merge-request-closed");
    expect(closed.msg).toContain("somebody closed merge request !1; this version is not proposed again");
    await world.waitFor(async () => (await world.tip(world.request(0).branch)) === undefined);
    await world.scans(2);
    expect(world.forge.kept).toHaveLength(1);
    expect(world.request(0).comments).toEqual([]);
    await world.release("1.0.2");
    await daemon.waitFor("opened again", (line) => line.kind === "merge-request-opened" && line.msg.includes("!2"));
    expect(world.request(1)).toMatchObject({ state: "open", title: expect.stringContaining("1.0.2") });
  }, 60_000);

  test("is closed with a word when its update was done by hand", async () => {
    await using world = await openForgeWorld(gitlab);
    await world.release("1.0.1");
    const daemon = await world.daemon();
    await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
    const { branch } = world.request(0);
    const text = await runTestGit(world.repository.path, "show", `${branch}:compose.yml`);
    await world.push("main", { "compose.yml": `${text}\n` });
    await daemon.waitFor("closed", (line) => line.kind === "merge-request-closed");
    expect(world.request(0)).toMatchObject({
      state: "closed",
      comments: ["Closed by Talos: it is there already."],
    });
    expect(await world.tip(branch)).toBeUndefined();
    await world.scans(2);
    expect(daemon.lines.filter(({ kind }) => kind === "delivered" || kind === "reverted")).toEqual([]);
    expect(world.forge.kept).toHaveLength(1);
  }, 60_000);

  test("is made anew on a branch whose file has changed, and goes when its image goes", async () => {
    await using world = await openForgeWorld(github);
    await world.release("1.0.1");
    const daemon = await world.daemon(
      { CooldownSeconds: 3600 },
      { UpdateThrottlingSettings: { Domains: { [world.world.registry.host]: { Limit: 1, Per: "Day" } } } },
    );
    await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
    const { branch } = world.request(0);
    const moved = await world.push("main", { "compose.yml": composeText(world.first, "    restart: always\n") });
    const updated = await daemon.waitFor("rebuilt", (line) => line.kind === "merge-request-updated");
    expect(updated.msg).toContain("is brought up to its branch");
    expect(await runTestGit(world.repository.path, "rev-parse", `${branch}^`)).toBe(moved);
    const text = await runTestGit(world.repository.path, "show", `${branch}:compose.yml`);
    expect(text).toContain("restart: always");
    const tip = await world.tip(branch);
    await world.push("main", { "README.md": "Something else.\n" });
    await world.scans(2);
    expect(await world.tip(branch)).toBe(tip);
    await world.push("main", { "compose.yml": "services: {}\n" });
    await daemon.waitFor("closed", (line) => line.kind === "merge-request-closed");
    expect(world.request(0).comments).toEqual(["Closed by Talos: it is not in the repository any more."]);
    expect(world.forge.kept).toHaveLength(1);
    expect(await world.tip(branch)).toBeUndefined();
  }, 60_000);

  test("is left alone while somebody else works on its branch", async () => {
    await using world = await openForgeWorld(gitlab);
    await world.release("1.0.1");
    const daemon = await world.daemon();
    await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
    const { branch } = world.request(0);
    const theirs = await world.push(branch, { "notes.txt": "Look at this.\n" });
    await world.release("1.0.2");
    const told = await daemon.waitFor("left alone", (line) => line.kind === "waiting");
    expect(told.msg).toContain(`somebody has pushed to ${branch}; it is left alone`);
    await world.release("1.0.3");
    await world.scans(2);
    expect(await world.tip(branch)).toBe(theirs);
    expect(daemon.lines.filter(({ kind }) => kind === "waiting")).toHaveLength(1);
    expect(daemon.lines.filter(({ kind }) => kind === "queued" || kind === "dead-lettered")).toHaveLength(2);
    world.request(0).state = "merged";
    await runTestGit(world.repository.path, "update-ref", "refs/heads/main", branch);
    await daemon.waitFor("delivered", (line) => line.kind === "delivered");
    await runTestGit(world.repository.path, "update-ref", "-d", `refs/heads/${branch}`);
    await world.waitFor(() => world.forge.kept.length === 2);
    expect(world.request(1)).toMatchObject({ branch, state: "open", title: expect.stringContaining("1.0.3") });
  }, 60_000);

  test("is one, whenever the process dies", async () => {
    const gate = withGate(github);
    await using world = await openForgeWorld(gate.kind);
    await world.release("1.0.1");
    gate.answer = "never answer";
    const first = await world.daemon();
    await world.waitFor(() => world.forge.calls.some(({ method }) => method === "POST"));
    await first.kill();
    const [branch = ""] = await ownBranches(world.repository.path);
    const tip = await world.tip(branch);
    expect(world.forge.kept).toEqual([]);
    gate.answer = undefined;
    gate.isDeaf = true;
    const second = await world.daemon();
    await world.waitFor(() => world.forge.kept.length > 0);
    await second.kill();
    gate.isDeaf = false;
    const third = await world.daemon();
    await third.waitFor("opened", (line) => line.kind === "merge-request-opened");
    expect(world.forge.kept).toMatchObject([{ branch, state: "open" }]);
    expect(await world.tip(branch)).toBe(tip);
    expect(await ownBranches(world.repository.path)).toEqual([branch]);
  }, 60_000);

  test("comes when the server takes it at last, and what was in the way is told once", async () => {
    const gate = withGate(gitea);
    await using world = await openForgeWorld(gate.kind);
    await world.release("1.0.1");
    gate.answer = { status: 403, body: { message: "no" } };
    const daemon = await world.daemon();
    const letter = await daemon.waitFor("dead letter", (line) => line.kind === "dead-lettered");
    expect(letter.msg).toContain("does not allow it with this token (403: no)");
    const [branch = ""] = await ownBranches(world.repository.path);
    const tip = await world.tip(branch);
    await world.scans(2);
    expect(daemon.lines.filter(({ kind }) => kind === "dead-lettered")).toHaveLength(1);
    gate.answer = undefined;
    await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
    expect(await world.tip(branch)).toBe(tip);
    expect(world.forge.kept).toHaveLength(1);
    gate.readAnswer = { status: 503 };
    const failed = await daemon.waitFor("trouble", (line) => line.kind === "scan-failed");
    expect(failed.msg).toContain("(503)");
    await world.scans(2);
    gate.readAnswer = undefined;
    await daemon.waitFor("well again", (line) => line.kind === "scan-recovered");
    expect(daemon.lines.filter(({ kind }) => kind === "scan-failed")).toHaveLength(1);
    gate.answer = { status: 429, headers: { "retry-after": "90" } };
    await world.release("1.0.2");
    await daemon.waitFor("retried", (line) => line.kind === "retrying");
    const { facts, time } = await daemon.waitFor("retried", (line) => line.kind === "retrying");
    const { notBeforeMs } = facts as { readonly notBeforeMs: number };
    expect(notBeforeMs - Date.parse(String(time))).toBeGreaterThan(85_000);
  }, 60_000);

  test("is opened for what a person has approved", async () => {
    await using world = await openForgeWorld(github);
    await world.release("1.0.1");
    await world.push("main", { "compose.yml": composeText(world.first).replace("^!", "^?") });
    const daemon = await world.daemon();
    await daemon.waitFor("asked", (line) => line.kind === "question-opened");
    const answered = await world.world.talos(["update", "answer", "web", "push"]);
    expect(answered).toMatchObject({ status: 0 });
    await daemon.waitFor("opened", (line) => line.kind === "merge-request-opened");
    const { branch } = world.request(0);
    expect(await runTestGit(world.repository.path, "log", "-1", "--format=%B", branch)).toContain("\nApproved-by: ");
    await world.scans(2);
    expect(daemon.lines.filter(({ kind }) => kind === "question-opened")).toHaveLength(1);
  }, 60_000);
});

interface Gate {
  readonly kind: ForgeKind;
  /** What is answered to whatever changes something, which is then not done. */
  answer: FakeAnswer | undefined;
  readAnswer: FakeAnswer | undefined;
  /** What changes something is done, but not answered. */
  isDeaf: boolean;
}

/** A forge whose answers a test decides while it is at work. */
function withGate(kind: ForgeKind): Gate {
  const gate: Gate = {
    kind: {
      ...kind,
      api: (call, forge, refuse) => {
        const instead = call.method === "GET" ? gate.readAnswer : gate.answer;
        if (instead !== undefined) return instead;
        const answer = kind.api(call, forge, refuse);
        return gate.isDeaf && call.method !== "GET" ? "never answer" : answer;
      },
    },
    answer: undefined,
    readAnswer: undefined,
    isDeaf: false,
  };
  return gate;
}

async function ownBranches(repository: string): Promise<readonly string[]> {
  const text = await runTestGit(repository, "for-each-ref", "--format=%(refname:short)", "refs/heads/talos/");
  return text.split("\n").filter((name) => name !== "");
}
