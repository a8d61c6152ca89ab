import { expect, test } from "vitest";
import { runProcess } from "../../src/programs/run-process.ts";

const start = {
  command: "/bin/sh",
  folder: "/",
  environment: { PATH: process.env.PATH },
  input: "",
  signal: undefined,
  deadlineSeconds: 20,
  outputLimitBytes: 1000,
  hasOwnGroup: true,
};

const run = (script: string, changes: Partial<typeof start> = {}) =>
  runProcess({ ...start, arguments: ["-c", script], ...changes });

test("what a program writes and how it ends is told apart", async () => {
  const end = await run("cat; echo bad >&2; exit 3", { input: "good" });
  expect(end).toEqual({ kind: "exited", exitCode: 3, output: Buffer.from("good"), errors: Buffer.from("bad\n") });
});

test("a program and its children are ended at the deadline, also those that do not listen", async () => {
  // The pipe is open for as long as any of them lives: that this ends at all shows that none does.
  const script = 'trap "" TERM; (trap "" TERM; while :; do sleep 1; done) & while :; do sleep 1; done';
  await expect(run(script, { deadlineSeconds: 0.2 })).resolves.toEqual({ kind: "too-slow" });
});

test("a child that outlives its program is no reason to fail", async () => {
  const end = await run("sleep 20 & echo done", { deadlineSeconds: 1 });
  expect(end).toMatchObject({ kind: "exited", exitCode: 0, output: Buffer.from("done\n") });
});

test("a program that writes too much is ended", async () => {
  await expect(run("yes")).resolves.toEqual({ kind: "too-long" });
});

test("a program that is not there and a folder that is not there are told apart", async () => {
  await expect(run("true", { command: "talos-absent" })).resolves.toEqual({ kind: "no-program" });
  const reason = "there is no folder /talos-absent";
  await expect(run("true", { folder: "/talos-absent" })).resolves.toEqual({ kind: "not-started", reason });
});
