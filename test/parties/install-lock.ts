import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const lock = join(tmpdir(), "talos-test-install.lock");

/** One installation at a time on this machine; the lock of a process that is gone counts for nothing. */
export async function withInstallLock(work: () => void | Promise<void>): Promise<void> {
  while (!takeLock()) await delay(500);
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!isHolderAlive()) rmSync(lock, { force: true });
    return false;
  }
}

function isHolderAlive(): boolean {
  try {
    const holder = Number(readFileSync(lock, "utf8"));
    // Empty for the moment between being made and being written.
    return holder === 0 || process.kill(holder, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
