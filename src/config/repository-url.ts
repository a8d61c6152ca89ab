/** What a repository's URL may be: of a git server, in the form ssh takes (`git@host:path`), or a path. */
export type RepositoryUrl =
  | { readonly kind: "url"; readonly url: string }
  /** `problem` follows the name of the setting and holds no secret. */
  | { readonly kind: "invalid"; readonly problem: string };

const schemes = ["https:", "http:", "ssh:", "git:", "file:"];

export function parseRepositoryUrl(text: string): RepositoryUrl {
  if (/^(?:\.{0,2}\/|~\/|\.{1,2}$)/.test(text) || isScpForm(text)) return { kind: "url", url: text };
  const url = URL.parse(text);
  if (url === null || !schemes.includes(url.protocol)) {
    return invalid(
      `must be the URL of a git repository (https://…, ssh://…, git@host:path) or a path, not \`${text.replace(/\/\/[^/]*@/, "//…@")}\``,
    );
  }
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  if (url.password !== "" || (isWeb && url.username !== "")) {
    return invalid(
      "must not hold a user name or token: set them as Name and Token of a host in ImageUpdateSettings.Hosts, and name it as Host",
    );
  }
  return { kind: "url", url: text };
}

/**
 * The same for every way to write one repository: without scheme, user, default port, `.git` and trailing slash. So
 * what is reached over HTTPS and over SSH is one repository; host names ignore case, paths do not.
 */
export function normaliseRepositoryUrl(text: string): string {
  const [, scpHost, scpPath] = isScpForm(text) ? (/^(?:[^@]*@)?([^:]+):(.*)$/.exec(text) ?? []) : [];
  const url = scpHost === undefined ? URL.parse(text) : URL.parse(`ssh://${scpHost}/${scpPath ?? ""}`);
  if (url === null) return trimPath(text);
  const isDefaultPort = url.port === "" || (url.protocol === "ssh:" && url.port === "22");
  const host = isDefaultPort ? url.hostname : `${url.hostname}:${url.port}`;
  return `${host.toLowerCase()}${trimPath(url.pathname.replace(/^\/{2,}/, "/"))}`;
}

function isScpForm(text: string): boolean {
  return /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)[^\s]+$/.test(text);
}

function trimPath(path: string): string {
  return path.replace(/\/+$/, "").replace(/\.git$/, "");
}

function invalid(problem: string): RepositoryUrl {
  return { kind: "invalid", problem };
}
