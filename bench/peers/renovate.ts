import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, type Scene } from "../contestants.ts";
import type { Command } from "../measure.ts";

const folder = join(import.meta.dirname, "../../node_modules/.cache/talos-bench/renovate");
const program = join(folder, "node_modules/renovate/dist/renovate.js");

/** Installs the newest Renovate beside our own packages. Gives why it could not; undefined: it is there. */
export function installRenovate(): string | undefined {
  if (existsSync(program)) return undefined;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  console.log("Installing renovate for comparison …");
  const args = ["install", "renovate", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, stderr, error } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status === 0 && existsSync(program)) return undefined;
  return error?.message ?? (stderr.trim().split("\n").at(-1) || "npm install failed");
}

/** Looks up every image of the folder and pins digests, as `plan` does; changes nothing (`local` is a dry run). */
export function renovate({ host, folder: target }: Scene): Command {
  return {
    file: process.execPath,
    arguments: [program, "--platform=local"],
    folder: target,
    environment: {
      LOG_LEVEL: "warn",
      RENOVATE_BASE_DIR: emptyFolder(),
      RENOVATE_CONFIG: JSON.stringify({
        enabledManagers: ["docker-compose"],
        pinDigests: true,
        onboarding: false,
        requireConfig: "ignored",
        hostRules: [{ matchHost: host, hostType: "docker", insecureRegistry: true }],
      }),
    },
  };
}
