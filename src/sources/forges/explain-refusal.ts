import { TalosError } from "../../talos-error.ts";
import type { ForgeWithApi } from "./forge-address.ts";
import { readRetryAfter } from "./read-retry-after.ts";
import type { ForgeAnswer } from "./send-request.ts";

export interface Refusal {
  readonly type: ForgeWithApi;
  readonly host: string;
  /** `group/project` */
  readonly repository: string;
  /** Begins the sentence: `pull request 7 of a/b was not closed`. */
  readonly failing: string;
  readonly answer: ForgeAnswer;
  /** What the forge says. */
  readonly complaint: string | undefined;
  readonly nowMs: number;
}

/** What an answer that is no success means to a person, and whether trying again helps. */
export function explainRefusal(refusal: Refusal): TalosError {
  const { type, host, repository, failing, answer, complaint } = refusal;
  const said = complaint === undefined ? `${answer.status}` : `${answer.status}: ${complaint}`;
  const explain = (why: string, hint: string): TalosError =>
    new TalosError("forge-failed", `${failing}: ${why}`, { hint });
  if (isThrottled(answer, complaint) || answer.status >= 500 || answer.status === 408) return passing(refusal, said);
  switch (answer.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return explain(
        `${host} sends it on to ${describeLocation(answer)}, and the token goes nowhere else`,
        "if the repository was moved or renamed, set its new Url; if the server was, set the ApiUrl of its host",
      );
    case 401:
      return explain(
        `${host} does not accept the token (${said})`,
        `it may be wrong, expired or revoked: set another as Token of the host; it needs ${needs[type]}`,
      );
    case 403:
      return explain(
        `${host} does not allow it with this token (${said})`,
        `the token needs ${needs[type]}, and its owner the right to write to ${repository}`,
      );
    case 404:
      return explain(
        `${host} has no ${repository}, or does not show it to this token (${said})`,
        `check the Url; the token needs ${needs[type]}; a server below a path of its host needs ApiUrl`,
      );
    default:
      return explain(`${host} refuses it (${said})`, "see whether the repository takes such requests at all, by hand");
  }
}

const needs = {
  GitLab: "the scope `api` and the role Developer",
  GitHub: "`Pull requests: write` for the repository (a classic token: `repo`)",
  Gitea: "`write:repository` and `write:issue`",
  Forgejo: "`write:repository` and `write:issue`",
} as const;

/** GitHub says 403 as well, with one of these signs. */
function isThrottled({ status, header }: ForgeAnswer, complaint: string | undefined): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    header("retry-after") !== undefined ||
    header("x-ratelimit-remaining") === "0" ||
    /\brate limit\b/i.test(complaint ?? "")
  );
}

function passing({ host, failing, answer, nowMs }: Refusal, said: string): TalosError {
  const seconds = readRetryAfter(answer.header, nowMs);
  const isFault = answer.status >= 500 || answer.status === 408;
  const why = isFault ? `${host} has a fault of its own (${said})` : `${host} has had too many requests (${said})`;
  const again = seconds === undefined ? "" : `; it may be asked again in ${seconds} s`;
  return new TalosError("forge-failed", `${failing}: ${why}${again}`, {
    retryable: true,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  });
}

/** Without a query, which may hold what is nobody's business. */
function describeLocation({ header }: ForgeAnswer): string {
  const url = URL.parse(header("location") ?? "");
  return url === null ? "another address" : `${url.origin}${url.pathname}`.slice(0, 200);
}
