/** A simulated repository: git in memory with latencies and faults, and every commit of Talos that arrives shown to the judge. */
import type { Source } from "../../src/delivery/delivery-ports.ts";
import type { GitRepository } from "../../src/sources/git-repository.ts";
import { type Files, type MemoryGitRepository, memoryGitRepository } from "../fixtures/memory-git-repository.ts";
import type { FakeTime } from "./fake-time.ts";
import type { Judge } from "./judge.ts";
import type { Life } from "./life.ts";
import type { Random } from "./random.ts";

export interface SoakSource {
  readonly id: string;
  readonly cooldownSeconds: number;
  readonly git: MemoryGitRepository;
  files(): Files;
  /** Looks whether something of Talos's has arrived. */
  look(isUncertain: boolean): void;
  /** As one process of Talos sees it. */
  open(life: Life): Source;
}

export function createSoakSource(
  id: string,
  files: Files,
  cooldownSeconds: number,
  { time, judge, random }: { readonly time: FakeTime; readonly judge: Judge; readonly random: Random },
): SoakSource {
  const git = memoryGitRepository(files, id);
  const begunMs = new Map<string, number>();
  const seen = new Set<string>();
  const look = (isUncertain: boolean) => {
    const [latest, parent] = git.commits();
    if (latest === undefined || parent === undefined || latest.author !== "Talos" || seen.has(latest.id)) return;
    seen.add(latest.id);
    const begun = begunMs.get(latest.id) ?? time.nowMs;
    judge.onLanding({
      source: id,
      commit: latest,
      parent: parent.files,
      atMs: time.nowMs,
      begunMs: begun,
      isUncertain,
    });
  };
  // A snapshot knows only the commit; the branch may have been put elsewhere meanwhile.
  const commitFiles = (commit: string) => git.commits().find((one) => one.id === commit)?.files;
  const lag = () => time.sleep(random.isOneIn(20) ? random.between(10_000, 90_000) : random.between(50, 3000));
  const openRepository = (life: Life): GitRepository => ({
    ...git,
    readHead: (signal) => life.look(async () => (await lag(), git.readHead(signal))),
    refresh: (_, signal) => life.look(async () => (await lag(), git.readHead(signal))),
    open: (head, signal) =>
      life.look(async () => {
        const readMs = time.nowMs;
        await lag();
        const snapshot = await git.open(head, signal);
        const run = time.currentRun();
        const files = commitFiles(head.commit);
        if (run?.name.startsWith("scan ") === true && !life.isDead() && files !== undefined)
          run.onKilled = judge.noteUndone(id, files, readMs);
        return snapshot;
      }),
    makeCommit: (commit, signal) =>
      life.step(async () => {
        const made = await git.makeCommit(commit, signal);
        begunMs.set(made, time.currentRun()?.startMs ?? time.nowMs);
        return made;
      }),
    push: (commit, head, signal) =>
      life.step(async () => {
        await lag();
        if (life.isDead()) return { kind: "uncertain", text: "it is dead" };
        if (git.failingReads > 0) return { kind: "uncertain", text: "the server cannot be reached" };
        const outcome = await git.push(commit, head, signal);
        look(outcome.kind !== "pushed");
        await lag();
        return outcome;
      }),
    contains: (head, commit, madeMs, signal) =>
      life.look(async () => (await lag(), git.contains(head, commit, madeMs, signal))),
  });
  return {
    id,
    cooldownSeconds,
    git,
    files: () => git.commits()[0]?.files ?? {},
    look,
    open: (life) => ({
      id,
      url: `https://git.example/${id}.git`,
      branch: undefined,
      repository: openRepository(life),
      forge: undefined,
      settings: {},
      cooldownSeconds,
      commitSubject: "[Talos] Updating images",
      commitUrl: () => undefined,
    }),
  };
}
