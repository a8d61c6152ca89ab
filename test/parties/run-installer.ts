import { spawnSync } from "node:child_process";

/** Runs a step of an installation. Empty when it worked, else what the last line of its complaint says. */
export function run(command: string, args: readonly string[], folder?: string): string {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8", env, cwd: folder, timeout: 300_000 });
  if (status === 0) return "";
  const lastLine = (stderr ?? "").trim().split("\n").at(-1);
  return `: ${command} ${args[0]}: ${error?.message ?? lastLine ?? `status ${status}`}`;
}
