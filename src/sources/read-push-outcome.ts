import { withoutSecrets } from "./explain-git-failure.ts";
import type { PushOutcome } from "./git-repository.ts";
import type { GitAnswer } from "./run-git.ts";

/**
 * What became of `git push --porcelain` of one branch. Only a server that says so has refused or is elsewhere: whatever
 * ends without an answer is uncertain. undefined: it never came to pushing.
 */
export function readPushOutcome(answer: GitAnswer): PushOutcome | undefined {
  switch (answer.kind) {
    case "done":
      return { kind: "pushed" };
    case "too-slow":
      return { kind: "uncertain", text: `git did not finish within ${answer.deadlineSeconds} s` };
    case "absent":
      return undefined;
    case "failed":
      return readFailure(answer.output, answer.complaint);
  }
}

function readFailure(output: string, complaint: string): PushOutcome | undefined {
  // `<flag>\t<from>:<to>\t<summary> (<reason>)`
  const [, flag, summary = ""] = /^([ +\-*=!])\t[^\t]*\t(.*)$/m.exec(output) ?? [];
  const words = `${summary}\n${complaint}`;
  if (flag !== undefined && flag !== "!") return { kind: "pushed" };
  if (isOfTheClone.test(complaint)) return undefined;
  if (flag === undefined)
    return isRefusal.test(complaint) && !isPassing.test(complaint) ? refused(words) : uncertain(complaint);
  if (summary.startsWith("[remote failure]")) return uncertain(words);
  if (hasMoved.test(summary)) return { kind: "moved" };
  return isPassing.test(words) ? uncertain(words) : refused(words);
}

const isOfTheClone =
  /^(fatal|error): (src refspec|bad object|not a valid object|not a git repository)|^there is no folder/im;

const hasMoved =
  /fetch first|non-fast-forward|stale info|remote ref updated|cannot lock ref|failed to (update|lock)|unable to lock|reference already exists|incorrect old value|expected old value|reference (does not point|has changed)|atomic transaction failed|ref updates? aborted/i;

const isPassing =
  /internal (server )?error|internal api|timed? ?out|temporar(y|ily)|try again later|unavailable|too many requests|error: (5\d\d|429)|HTTP (5\d\d|429)\b/i;

const isRefusal =
  /error: 4\d\d|HTTP 4\d\d\b|authentication failed|could not read (username|password)|permission (to .* )?denied|access denied|denied|not allowed|forbidden|unauthori[sz]ed|read[- ]only|write access|archived|protected branch|GH\d{3}\b|host key verification failed|not found|does not exist|not appear to be a git repository|no such file|dubious ownership|certificate/i;

function refused(words: string): PushOutcome {
  const hint = hints.find(({ pattern }) => pattern.test(words))?.hint;
  return { kind: "refused", text: inOneLine(words), hint };
}

function uncertain(words: string): PushOutcome {
  return { kind: "uncertain", text: inOneLine(words) };
}

const hints: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
  {
    pattern: /protected branch|GH006|GH013|rule violations/i,
    hint: "Let Talos's user push to that branch, or set CreateMergeRequestsForPushes.",
  },
  {
    pattern: /host key verification failed/i,
    hint: "Connect once by `ssh` and compare the key, or add it to the KnownHostsFile.",
  },
  {
    pattern: /checked out/i,
    hint: "Push to a bare repository, or let the other one run `git config receive.denyCurrentBranch updateInstead`.",
  },
  { pattern: /unpack/i, hint: "The server could not write it: look at its disk and the rights in the repository." },
  { pattern: /hook declined/i, hint: "A rule of the server stands against it; who runs the server knows it." },
  { pattern: /archived|read[- ]only/i, hint: "The repository takes no changes; take it out of the configuration." },
  {
    pattern: isRefusal,
    hint: "Check that the token or key is still valid and has the right to write to the repository.",
  },
];

const wordsLimit = 400;

/** The server's own words first: they name the rule. */
function inOneLine(words: string): string {
  const lines = words.split("\n").map((line) => line.replace(/\p{Cc}|\[K/gu, "").trim());
  const remote = lines.flatMap(
    (line) => /^(?:remote|ERROR): *(?!error: hook)(.*[\p{L}\p{N}].*)$/u.exec(line)?.[1] ?? [],
  );
  const own = lines.filter((line) => line !== "" && !/^(remote|hint|error: failed to push|To )\b/.test(line));
  const said = (remote.length > 0 ? [...own.slice(0, 1), ...remote] : own.slice(0, 2)).map((line) =>
    line.replace(/^(fatal|error): /, "").trim(),
  );
  const text = withoutSecrets([...new Set(said)].join("; ") || "git did not say why");
  return text.length > wordsLimit ? `${text.slice(0, wordsLimit - 1)}…` : text;
}
