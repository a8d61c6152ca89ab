import { unescape } from "node:querystring";

/** Where a repository is on the web, as its URL tells. */
export interface RepositoryPlace {
  /** `https://git.example:8443`; of an SSH address the host alone, since its port is not the web's. */
  readonly origin: string;
  readonly hostname: string;
  /** Of the path, without `.git`: `group`, `sub`, `project`. */
  readonly segments: readonly string[];
  /** Over SSH a path begins with the owner, whatever lies before it on the web. */
  readonly isWebPath: boolean;
}

/** undefined: a folder, or nothing that a web server could have. */
export function findRepositoryPlace(repositoryUrl: string): RepositoryPlace | undefined {
  const [, scpHost, scpPath] = /^(?:[^@/\s]+@)?([\w.-]+):(?!\/\/)(\S+)$/.exec(repositoryUrl) ?? [];
  const url = URL.parse(scpHost === undefined ? repositoryUrl : `ssh://${scpHost}/${scpPath ?? ""}`);
  if (url === null || !["https:", "http:", "ssh:", "git:"].includes(url.protocol) || url.hostname === "")
    return undefined;
  const isWebPath = url.protocol === "https:" || url.protocol === "http:";
  const name = url.hostname.toLowerCase();
  const hostname = webNames[name] ?? name;
  const segments = url.pathname
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/")
    .filter((segment) => segment !== "")
    .map(unescape);
  if (segments.length < 2 || segments.some((segment) => /^\.{1,2}$|[\p{Cc}/\\]/u.test(segment))) return undefined;
  return { origin: isWebPath ? url.origin : `https://${hostname}`, hostname, segments, isWebPath };
}

/** Hosts that speak only SSH, where port 22 is closed. */
const webNames: Readonly<Record<string, string>> = {
  "ssh.github.com": "github.com",
  "altssh.gitlab.com": "gitlab.com",
};
