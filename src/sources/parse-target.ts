import { existsSync } from "node:fs";
import { TalosError } from "../talos-error.ts";

export type Target =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "git"; readonly url: string; readonly branch: string | undefined };

/** What a person names on the command line. Something that exists here is a path, however much it looks like a URL. */
export function parseTarget(text: string): Target {
  if (existsSync(text)) return { kind: "path", path: text };
  const hash = text.indexOf("#");
  const url = hash === -1 ? text : text.slice(0, hash);
  if (!urlPattern.test(url) && !scpPattern.test(url)) return { kind: "path", path: text };
  const branch = hash === -1 ? undefined : text.slice(hash + 1);
  if (branch === "")
    throw new TalosError("usage", `${text} names no branch behind the #`, {
      hint: "Leave out the #, or name a branch.",
    });
  return { kind: "git", url, branch };
}

const urlPattern = /^[a-z][a-z0-9+.-]*:\/\//i;
/** `git@host:path`, SSH in its short form. */
const scpPattern = /^[\w.-]+@[\w.-]+:[^\s]+$/;
