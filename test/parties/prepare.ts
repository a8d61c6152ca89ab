/**
 * Brings the programs that the tests need, once, before any test: with apt-get where that is allowed, unpacked into the
 * repository's cache folder where it is not, with Homebrew on macOS; and builds the page. Prints a line for each that it installed or could
 * not; the tests that need it are then skipped by name.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { buildStalePage } from "../../scripts/build-page.ts";
import { canRunEngines } from "./can-run-engines.ts";
import { findProgram, type ProgramName, packages } from "./find-program.ts";
import { withInstallLock } from "./install-lock.ts";
import { run } from "./run-installer.ts";
import { unpackCompose, unpackPackages } from "./unpack-packages.ts";

const wanted: readonly ProgramName[] = [
  "git",
  "docker-registry",
  "skopeo",
  "htpasswd",
  "openssl",
  "docker-compose",
  "redis-server",
  "ssh",
  "sshd",
  "caddy",
  "nginx",
  "chromium",
  // Of no use to who may not run an engine.
  ...(canRunEngines() ? (["dockerd", "docker", "docker-compose-v1", "busybox", "strace", "tini"] as const) : []),
];

export async function prepare(): Promise<void> {
  await withInstallLock(buildStalePage);
  if (missingPrograms().length === 0) return;
  await withInstallLock(() => {
    // Another `npm test` may have brought them while this one waited.
    const missing = missingPrograms();
    const complaint = missing.length === 0 ? "" : install(missing);
    const stillMissing = missingPrograms();
    for (const name of missing.filter((each) => !stillMissing.includes(each))) console.log(`installed ${name}`);
    for (const name of stillMissing) console.log(`could not install ${name} (${adviceFor(name)})${complaint}`);
  });
}

function missingPrograms(): readonly ProgramName[] {
  return wanted.filter((name) => findProgram(name) === undefined);
}

function adviceFor(name: ProgramName): string {
  if (process.platform === "darwin") return `brew install ${packages[name].homebrew}`;
  return name === "docker-compose"
    ? "Compose V2, the plug-in of Debian 13's docker-compose"
    : `apt-get install ${packages[name].debian}`;
}

/** Gives what went wrong, for the lines about what is still missing. */
function install(missing: readonly ProgramName[]): string {
  if (existsSync("/etc/debian_version")) return installOnDebian(missing);
  if (process.platform !== "darwin") return ": only Debian and macOS are known here";
  return run("brew", ["install", ...missing.map((name) => packages[name].homebrew)]);
}

function installOnDebian(missing: readonly ProgramName[]): string {
  const others = missing.filter((name) => name !== "docker-compose").map((name) => packages[name].debian);
  const installed = others.length === 0 ? "" : installPackages(others);
  return installed + (missing.includes("docker-compose") ? unpackCompose() : "");
}

function installPackages(names: readonly string[]): string {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return unpackPackages(names);
  const apt = (...args: readonly string[]) => (isRoot ? run("apt-get", args) : run("sudo", ["-n", "apt-get", ...args]));
  const installArguments = ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", ...names];
  apt("update");
  return apt(...installArguments);
}
