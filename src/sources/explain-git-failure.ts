import { TalosError } from "../talos-error.ts";
import type { GitAnswer } from "./run-git.ts";

export type GitFailure = Exclude<GitAnswer, { readonly kind: "done" }>;

/** Makes one sentence of what git complained about. `where` names the repository, `doing` is what was tried: `read`. */
export function explainGitFailure(failure: GitFailure, doing: string, where: string): TalosError {
  const place = withoutSecrets(where);
  switch (failure.kind) {
    case "absent":
      return new TalosError("source-unreadable", `Could not ${doing} ${place}: git is not installed`, {
        hint: "Install git and make sure that it is on the PATH.",
      });
    case "too-slow":
      return new TalosError(
        "source-unreadable",
        `Could not ${doing} ${place}: git did not finish within ${failure.deadlineSeconds} s`,
        { retryable: true },
      );
    case "failed": {
      const known = complaints.find(({ pattern }) => pattern.test(failure.complaint));
      const reason = known?.reason ?? lastWords(failure.complaint);
      return new TalosError("source-unreadable", `Could not ${doing} ${place}: ${reason}`, {
        retryable: known?.isPassing ?? false,
        ...(known?.hint === undefined ? {} : { hint: known.hint }),
      });
    }
  }
}

/** Whether the words of git say by themselves what is wrong, so that nothing else needs to be looked at. */
export function isKnownComplaint(complaint: string): boolean {
  return complaints.some(({ pattern }) => pattern.test(complaint));
}

/** `https://user:token@host/` without what stands before the host; of an SSH address only the password goes. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/(https?:\/\/)[^/\s]*@/gi, "$1").replaceAll(/(ssh:\/\/[^/:@\s]*):[^/\s]*@/gi, "$1@");
}

interface KnownComplaint {
  readonly pattern: RegExp;
  /** Absent: git's own words say it. */
  readonly reason?: string;
  readonly hint?: string;
  /** May be gone at the next try. */
  readonly isPassing?: boolean;
}

const complaints: readonly KnownComplaint[] = [
  {
    pattern: /no space left|disk quota|cannot allocate memory|too many open files|resource temporarily unavailable/i,
    hint: "Make room on this machine, then try again.",
    isPassing: true,
  },
  {
    pattern: /error: (5\d\d|429)|HTTP (5\d\d|429)\b|internal server error/i,
    reason: "the server failed",
    hint: "Try again later.",
    isPassing: true,
  },
  {
    pattern: /cannot run ssh|ssh: (command )?not found/i,
    reason: "ssh is not installed",
    hint: "Install the OpenSSH client, or use the https:// address.",
  },
  {
    pattern: /could not resolve host/i,
    reason: "the host is unknown",
    hint: "Check the spelling of the address and the network.",
    isPassing: true,
  },
  {
    pattern: /remote host identification has changed|host key for \S+ has changed/i,
    reason: "the host's SSH key has changed: the server is another one, or somebody stands in between",
    hint: "Ask who runs the server. Only when its key is new indeed, replace the old one in the KnownHostsFile, or in ~/.ssh/known_hosts where none is set.",
  },
  {
    pattern: /host key verification failed/i,
    reason: "the host's SSH key is not known here",
    hint: "Compare what `ssh-keyscan` shows with what the server's owner says, and add it to the KnownHostsFile, or to ~/.ssh/known_hosts where none is set.",
  },
  {
    pattern: /authentication failed|could not read (username|password)|permission denied|error: 40[13]|access denied/i,
    reason: "access was denied",
    hint: "The Token or IdentityFile of its host, or the credential helper, is missing, wrong or expired, or the repository does not exist. `git ls-remote` with this address shows what the user Talos runs as may do.",
  },
  {
    pattern: /couldn't find remote ref/i,
    reason: "it has no such branch",
    hint: "Name the branch behind `#`, as in https://host/repository.git#main.",
  },
  {
    pattern: /dubious ownership/i,
    reason: "the repository belongs to another user, and git does not trust it",
    hint: "`git config --global --add safe.directory <folder>` tells git that you do.",
  },
  {
    pattern: /certificate/i,
    reason: "the server's certificate is not trusted",
    hint: "Let git know its authority: `git config --global http.<address>.sslCAInfo <file>`.",
  },
  {
    pattern: /not found|does not exist|not appear to be a git repository|error: 404|no such (file|path)/i,
    reason: "there is no repository at this address",
    hint: "Check the address, and whether a private repository needs credentials.",
  },
  {
    pattern: /\.lock': File exists/,
    hint: "Another git is at work there, or was killed at it. Try again; when none is running, delete that file.",
    isPassing: true,
  },
  {
    pattern:
      /connection refused|timed out|could not connect|failed to connect|unreachable|connection reset|hung up|operation too slow|empty reply|early EOF|RPC failed|unexpected disconnect|broken pipe|closed by remote host|temporary failure/i,
    reason: "the server does not answer",
    hint: "Check the network and the server, and try again.",
    isPassing: true,
  },
];

function lastWords(complaint: string): string {
  const lines = complaint.split("\n").map((line) => line.trim());
  const line = lines.find((text) => text.startsWith("fatal:")) ?? lines.findLast((text) => text !== "") ?? "git failed";
  return withoutSecrets(line.replace(/^(fatal|error): /, ""));
}
