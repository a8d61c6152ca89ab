import { describe } from "vitest";
import { canRunEngines } from "./can-run-engines.ts";
import { findProgram, type ProgramName } from "./find-program.ts";

/** Tests that need real programs. Where one is missing they are skipped, and their title says what is missing. */
export function describeWith(needs: readonly ProgramName[], title: string, tests: () => void): void {
  const missing = needs.flatMap((name) => whatIsMissing(name) ?? []);
  if (missing.length === 0) describe(title, tests);
  else describe.skip(`${title} (not there: ${missing.join(", ")})`, tests);
}

function whatIsMissing(name: ProgramName): string | undefined {
  if (name === "dockerd" && !canRunEngines()) return "dockerd as root";
  return findProgram(name) === undefined ? name : undefined;
}
