import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { until } from "../../src/jobs/jobs-contract.ts";
import { describeWith } from "../parties/describe-with.ts";
import { redisServer } from "../parties/redis-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";

interface Mark {
  readonly atMs: number;
  readonly name: string;
  readonly what: "begin" | "end";
  readonly id: string;
}

const jobCount = 20;
const names = ["a", "b", "c"];
const ids = Array.from({ length: jobCount }, (_, index) => `scan ${index}`);

describeWith(["redis-server"], "Three processes that share their jobs", () => {
  test.concurrent("What killed processes were running is taken over within 15 seconds, and nothing overlaps.", {
    timeout: 60_000,
  }, async () => {
    await using cluster = await startCluster({ persistent: true });
    const { marks } = cluster;
    await cluster.everyJobRuns(0);
    await until(() => expect(unfinished(marks(), "a").length).toBeGreaterThan(0));
    const killedMs = Date.now();
    await cluster.end("a", "SIGKILL");
    const left = unfinished(marks(), "a");
    await cluster.begin("a");
    await until(() => expect(unfinished(marks(), "b").length).toBeGreaterThan(0));
    const killedLaterMs = Date.now();
    await cluster.end("b", "SIGKILL");
    const leftLater = unfinished(marks(), "b").filter((id) => !left.includes(id));
    await cluster.everyJobRuns(killedLaterMs);
    expect(Math.max(...left.map((id) => nextBegin(marks(), id, killedMs)))).toBeLessThan(killedMs + 15_000);
    expect(Math.max(0, ...leftLater.map((id) => nextBegin(marks(), id, killedLaterMs)))).toBeLessThan(
      killedLaterMs + 15_000,
    );
    await cluster.everyJobRuns(Date.now());
    expect(findOverlaps(marks())).toEqual([]);
    expect(new Set(marks().map(({ name }) => name))).toEqual(new Set(names));
  });

  test.concurrent("A Redis that is stopped and started again finds all of them at work.", async () => {
    await using cluster = await startCluster({ persistent: true });
    await cluster.everyJobRuns(0);
    await cluster.redis.stop();
    await cluster.redis.start();
    await cluster.everyJobRuns(Date.now());
    expect(findOverlaps(cluster.marks())).toEqual([]);
    for (const name of names)
      expect(cluster.output(name).match(/error/g)?.length ?? 0, cluster.output(name)).toBeLessThanOrEqual(1);
    await cluster.redis.stop();
    await Promise.all(names.map((name) => cluster.end(name, "SIGTERM")));
    expect(names.flatMap((name) => unfinished(cluster.marks(), name))).toEqual([]);
  });

  test.concurrent("A Redis that comes back empty is given the jobs again, and nothing overlaps.", {
    timeout: 60_000,
  }, async () => {
    await using cluster = await startCluster({ persistent: false });
    await cluster.everyJobRuns(0);
    await cluster.redis.stop();
    await cluster.redis.start();
    await cluster.everyJobRuns(Date.now());
    expect(findOverlaps(cluster.marks())).toEqual([]);
    await Promise.all(names.map((name) => cluster.end(name, "SIGTERM")));
    expect(names.flatMap((name) => unfinished(cluster.marks(), name))).toEqual([]);
  });
});

async function startCluster(options: { readonly persistent: boolean }) {
  const [redis, folder] = await Promise.all([redisServer(options), temporaryFolder()]);
  const log = join(folder.path, "runs.log");
  writeFileSync(log, "");
  const processes = new Map<string, { readonly child: ChildProcess; readonly output: string[] }>();

  const begin = async (name: string) => {
    const program = join(import.meta.dirname, "jobs-process.ts");
    const child = spawn(process.execPath, [program, String(redis.port), name, String(jobCount), log]);
    const output: string[] = [];
    processes.set(name, { child, output });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(String(part)));
    await until(() => expect(output.join("")).toContain("at work"));
  };
  const end = async (name: string, signal: "SIGKILL" | "SIGTERM") => {
    const child = processes.get(name)?.child;
    processes.delete(name);
    if (child === undefined) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  const marks = () => readMarks(log);
  await Promise.all(names.map(begin));
  return {
    redis,
    begin,
    end,
    marks,
    output: (name: string) => processes.get(name)?.output.join("") ?? "",
    everyJobRuns: (fromMs: number) =>
      until(() => {
        const begun = marks().filter(({ what, atMs }) => what === "begin" && atMs >= fromMs);
        expect(ids.filter((id) => !begun.some((mark) => mark.id === id))).toEqual([]);
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(names.map((name) => end(name, "SIGKILL")));
      await redis[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function nextBegin(marks: readonly Mark[], id: string, afterMs: number): number {
  return marks.find((mark) => mark.id === id && mark.what === "begin" && mark.atMs > afterMs)?.atMs ?? Infinity;
}

function readMarks(log: string): readonly Mark[] {
  return readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** What a process has begun and not ended. */
function unfinished(marks: readonly Mark[], name: string): string[] {
  const own = marks.filter((mark) => mark.name === name);
  return ids.filter((id) => own.findLast((mark) => mark.id === id)?.what === "begin");
}

/** Runs that began while another process, which ended it later, was still in one of the same job. */
function findOverlaps(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter(
    (mark, index) =>
      mark.what === "begin" &&
      marks.slice(0, index).some((open, place) => {
        if (open.id !== mark.id || open.what !== "begin") return false;
        const ended = marks.findIndex(
          (end, later) => later > place && end.id === open.id && end.name === open.name && end.what === "end",
        );
        const replaced = marks.findIndex(
          (again, later) => later > place && again.id === open.id && again.name === open.name && again.what === "begin",
        );
        return ended > index && (replaced === -1 || replaced > ended);
      }),
  );
}
