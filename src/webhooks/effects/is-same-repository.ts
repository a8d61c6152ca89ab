/**
 * Whether two URLs name one repository, however each is written: over HTTPS, SSH or in the form of scp, with or without
 * `.git`. Ports are compared among web addresses, and among SSH addresses; between the two they say nothing. Forges take
 * paths in any case of their letters.
 */
export function isSameRepository(one: string, other: string): boolean {
  const [first, second] = [readPlace(one), readPlace(other)];
  if (first === undefined || second === undefined) return false;
  if (first.host !== second.host || first.path !== second.path) return false;
  return first.isWeb !== second.isWeb || first.port === second.port;
}

interface Place {
  readonly isWeb: boolean;
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

const usualPorts: Readonly<Record<string, string>> = { "https:": "443", "http:": "80", "ssh:": "22", "git:": "9418" };

/** undefined: no address of a server. */
function readPlace(text: string): Place | undefined {
  const [, scpHost, scpPath] = /^(?:[^@/\s]+@)?([\w.-]+):(?!\/\/)(\S+)$/.exec(text) ?? [];
  const url = URL.parse(scpHost === undefined ? text : `ssh://${scpHost}/${scpPath ?? ""}`);
  const usualPort = usualPorts[url?.protocol ?? ""];
  if (url === null || url.hostname === "" || usualPort === undefined) return undefined;
  const path = `/${url.pathname}`
    .replace(/^\/+/, "/")
    .replace(/\/+$/, "")
    .replace(/\.git$/i, "");
  if (path === "") return undefined;
  return {
    isWeb: url.protocol === "https:" || url.protocol === "http:",
    host: url.hostname.toLowerCase(),
    port: url.port === "" ? usualPort : url.port,
    path: path.toLowerCase(),
  };
}
