// `npm test [filter …]`: all tests, and at the end one plain line that says how many ran. A test that could not run is
// named; with CI=true it fails.
import { startVitest } from "vitest/node";
import { prepare } from "../test/parties/prepare.ts";

await prepare();

const vitest = await startVitest("test", process.argv.slice(2), { run: true, watch: false });
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const skipped = tests.filter((test) => test.result().state === "skipped");
await vitest.close();

for (const test of skipped) console.log(`could not run: ${test.fullName}`);
const failed = count("failed");
console.log(
  `\n${count("passed")} passed, ${failed} failed${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`,
);
const isFault = failed > 0 || tests.length === 0 || (process.env.CI === "true" && skipped.length > 0);
process.exit(isFault ? 1 : (process.exitCode ?? 0));
