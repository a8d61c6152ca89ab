import { describe } from "vitest";
import { findProgram, type ProgramName } from "./find-program.ts";

/** Tests that need real programs. Where one is missing they are skipped, and their title says what is missing. */
export function describeWith(needs: readonly ProgramName[], title: string, tests: () => void): void {
  const missing = needs.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) describe(title, tests);
  else describe.skip(`${title} (not there: ${missing.join(", ")})`, tests);
}
