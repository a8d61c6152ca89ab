/** What a proxy adds before our paths, from `ApiSettings.BaseUrl`: `/talos`, or nothing. Without a slash at its end. */
export function basePath(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/, "");
}

const ourPaths = /^\/(?:(?:api\/v1|webhooks|assets)\/|(?:hc|healthz|readyz|metrics)$)/;

/** The path without the prefix, whether the proxy has taken it off or not. */
export function withoutBasePath(path: string, base: string): string {
  if (base === "" || (path !== base && !path.startsWith(`${base}/`))) return path;
  const rest = path.slice(base.length) || "/";
  // A prefix may begin as our paths do: behind `/api`, `/api/v1/queue` has had its prefix taken off.
  return ourPaths.test(path) && !ourPaths.test(rest) ? path : rest;
}
