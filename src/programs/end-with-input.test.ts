import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { endWithInput } from "./end-with-input.ts";

function run(command: readonly string[], graceSeconds = 5): ChildProcessByStdio<Writable, Readable, null> {
  const [program = "", ...words] = endWithInput(command, graceSeconds);
  return spawn(program, words, { detached: true, stdio: ["pipe", "pipe", "inherit"] });
}

test("a command gets its words whole, has no input, and gives its own exit code", async () => {
  const words = ["a b", "$x", "'", "", "-n"];
  const child = run(["sh", "-c", 'cat; printf "%s|" "$@"; exit 3', "sh", ...words]);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  expect([output, code]).toEqual([`${words.join("|")}|`, 3]);
  child.stdin.destroy();
});

test("a program that is not there is exit code 127", async () => {
  const [program = "", ...words] = endWithInput(["talos-no-such-program"], 5);
  const child = spawn(program, words, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  expect(await once(child, "exit")).toEqual([127, null]);
  child.stdin.destroy();
});

test("when its input ends it is told to end, with what it started", async () => {
  // Both heed the word by the time the second is ready.
  const second = 'trap "echo too" TERM; echo ready; sleep 60 & wait';
  const child = run(["sh", "-c", 'trap "echo told; exit 0" TERM; sh -c "$1" & wait', "sh", second]);
  await once(child.stdout, "data");
  child.stdin.destroy();
  const output = await text(child.stdout);
  expect(output.trim().split("\n").toSorted()).toEqual(["told", "too"]);
});

test("what does not end is killed after the grace period", async () => {
  const child = run(["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 60; done"], 1);
  await once(child.stdout, "data");
  child.stdin.destroy();
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
});
