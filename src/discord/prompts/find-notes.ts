import type { AboutImage } from "../board/board.ts";

/** Where a project tells what is new, as its image names it in its labels; undefined: it does not. */
export function findNotes(labels: Readonly<Record<string, string>>): AboutImage["notes"] {
  const named = ["source", "url", "documentation"].flatMap(
    (name) => webPage(labels[`org.opencontainers.image.${name}`]) ?? [],
  );
  const releases = named.map(releasesPage).find((url) => url !== undefined);
  if (releases !== undefined) return { text: "Release notes", url: releases };
  const [page] = named;
  return page === undefined ? undefined : { text: "Project page", url: page.href };
}

/** An address that is too long for a line is not shown. */
const longestUrl = 200;

function webPage(text: string | undefined): URL | undefined {
  const url = URL.parse(text?.trim().replace(/^git\+/, "") ?? "");
  if (url === null || !["https:", "http:"].includes(url.protocol) || url.href.length > longestUrl) return undefined;
  url.username = "";
  url.password = "";
  return url;
}

/** Forges whose pages are the same everywhere, by how their hosts are called. */
function releasesPage({ origin, host, pathname }: URL): string | undefined {
  const parts = pathname
    .replace(/\.git\/?$/, "")
    .split("/")
    .filter((part) => part !== "");
  const [owner, name] = parts;
  if (owner === undefined || name === undefined) return undefined;
  if (/(^|\.)gitlab\./.test(host)) {
    const end = parts.indexOf("-");
    return `${origin}/${(end === -1 ? parts : parts.slice(0, end)).join("/")}/-/releases`;
  }
  const isKnown = /^(www\.)?github\.com$/.test(host) || host === "codeberg.org" || /(^|\.)(gitea|forgejo)\./.test(host);
  return isKnown ? `${origin}/${owner}/${name}/releases` : undefined;
}
