import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { mayRun, thisProcess } from "../../src/store/running-process.ts";

test("This process runs, and one of the same id that was started at another time does not.", () => {
  expect(mayRun(thisProcess())).toBe(true);
  expect(mayRun({ pid: process.pid, started: undefined })).toBe(true);
  if (process.platform === "linux") expect(mayRun({ pid: process.pid, started: "1" })).toBe(false);
});

test.runIf(process.platform === "linux")("One that has ended but was never waited for runs no more.", async () => {
  const parent = spawn("/bin/sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(createInterface({ input: parent.stdout }), "line");
    await expect.poll(() => mayRun({ pid: Number(line), started: undefined }), { timeout: 5000 }).toBe(false);
    expect(() => process.kill(Number(line), 0)).not.toThrow();
  } finally {
    parent.kill("SIGKILL");
  }
});
