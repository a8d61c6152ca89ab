import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { unescape } from "node:querystring";
import { TalosError } from "../talos-error.ts";
import { withoutSecrets } from "./explain-git-failure.ts";
import type { GitRequest } from "./run-git.ts";

/** An address that git may be given, and what goes with it outside of argument lists. */
export interface GitUrl {
  /** Without user name and password. */
  readonly url: string;
  /** The only protocol git may speak, also when it is redirected. */
  readonly protocol: "https" | "http" | "ssh" | "file";
  /** Answer git's question for credentials with those written into the URL, for its host alone. */
  readonly credentials: Pick<GitRequest, "settings" | "environment">;
}

/** Throws a TalosError for what must not reach git: options, commands (`ext::`), unencrypted HTTP over a network. */
export function checkGitUrl(text: string): GitUrl {
  if (text.startsWith("~/")) return { url: join(homedir(), text.slice(2)), protocol: "file", credentials: {} };
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(text)) return { url: resolve(text), protocol: "file", credentials: {} };
  const short = /^(?<user>[\w.]+@)?(?<host>[\w.][\w.-]*):(?!\/\/|:)[^\s-][^\s]*$/.exec(text);
  if (short !== null) return { url: text, protocol: "ssh", credentials: {} };
  const url = URL.parse(text);
  if (url === null) throw refuse(text, noAddress, addresses);
  switch (url.protocol) {
    case "https:":
      return { url: withoutUser(url), protocol: "https", credentials: credentialsOf(url) };
    case "http:":
      if (!isLoopback(url.hostname)) throw refuse(text, "plain HTTP sends everything unencrypted", "Use https://.");
      return { url: withoutUser(url), protocol: "http", credentials: credentialsOf(url) };
    case "ssh:":
      if (!/^[\w.[]/.test(url.hostname) || url.username.startsWith("-"))
        throw refuse(text, "its host or user name is none", "Write ssh://git@host/path.");
      url.password = "";
      return { url: url.href, protocol: "ssh", credentials: {} };
    case "file:":
      return { url: text, protocol: "file", credentials: {} };
    default:
      throw refuse(text, noAddress, addresses);
  }
}

/** A branch name that can be nothing else in a refspec or an argument list. */
export function checkBranch(branch: string): string {
  if (/^[^-\s:?*[\\^~@/][^\s:?*[\\^~]*$/.test(branch) && !branch.includes("..") && !branch.includes("@{"))
    return branch;
  throw new TalosError("usage", `${JSON.stringify(branch)} is no name of a branch`, {
    hint: "Name a branch as `git branch` lists it.",
  });
}

const noAddress = "it is no address that Talos takes";
const addresses = "Use https://, ssh://, git@host:path, file://, or a path.";

function refuse(text: string, reason: string, hint: string): TalosError {
  return new TalosError("usage", `${withoutSecrets(text)} is not opened: ${reason}`, { hint });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}

function withoutUser(url: URL): string {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare.href;
}

/** The helper is a line of shell for git to run: it holds no secret, it repeats its environment. */
const helper =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$TALOS_GIT_USERNAME" "$TALOS_GIT_PASSWORD"; }; f';

function credentialsOf(url: URL): GitUrl["credentials"] {
  return url.username === "" ? {} : gitCredentials(url, unescape(url.username), unescape(url.password));
}

/** Nobody else is asked, and nobody is told: helpers of this machine, hosts that the server redirects to. */
export function gitCredentials(url: URL, username: string, password: string): GitUrl["credentials"] {
  return {
    settings: [
      // An empty helper forgets those configured before, which would otherwise be asked first, and be told ours.
      ["credential.helper", ""],
      [`credential.${url.protocol}//${url.host}.helper`, helper],
    ],
    environment: { TALOS_GIT_USERNAME: username, TALOS_GIT_PASSWORD: password },
  };
}
