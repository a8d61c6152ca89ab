// `npm run check`: types, lint with import directions, formatting, dead code. All of them run, whatever fails first.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const bin = join(import.meta.dirname, "..", "node_modules", ".bin");
const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["types", "tsc", "--noEmit"],
  ["types of the page", "tsc", "--noEmit", "--project", "src/web"],
  ["lint", "oxlint", "--type-aware", "--deny-warnings"],
  ["format", "biome", "check", "--error-on-warnings", "."],
  ["dead code", "knip"],
];

let failed = 0;
for (const [name, command, ...args] of checks) {
  const { status } = spawnSync(join(bin, command), args, { stdio: "inherit" });
  if (status !== 0) {
    failed += 1;
    console.error(`check failed: ${name}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
