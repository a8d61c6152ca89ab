import { runGit } from "../../sources/run-git.ts";
import { type Finding, fails, passes } from "./finding.ts";

const name = "git";
/** The first with what Talos asks of `git fetch` and `git commit-tree`. */
const oldest = { major: 2, minor: 30 };

export async function checkGit(folder: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const answer = await runGit({ folder, arguments: ["version"], signal });
  const advice = `install git ${oldest.major}.${oldest.minor} or newer`;
  if (answer.kind === "absent") return [fails(name, "git is not installed, or not on the PATH", advice)];
  const text = answer.kind === "done" ? answer.output.toString() : "";
  const [, version = "", major, minor] = /version ((\d+)\.(\d+)[\w.]*)/.exec(text) ?? [];
  if (version === "") return [fails(name, "`git version` does not answer", advice)];
  const isOld = Number(major) < oldest.major || (Number(major) === oldest.major && Number(minor) < oldest.minor);
  return [isOld ? fails(name, `version ${version} is too old`, advice) : passes(name, `version ${version}`)];
}
