import { channelRoutes } from "./channel-routes.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import { placeRoutes } from "./place-routes.ts";
import type { Route } from "./route.ts";

const routes = Object.entries({ ...placeRoutes, ...channelRoutes, ...interactionRoutes }).map(([name, run]) => ({
  name,
  run,
  segments: name.slice(name.indexOf(" ") + 1).split("/"),
  method: name.slice(0, name.indexOf(" ")),
}));

export interface FoundRoute {
  readonly name: string;
  readonly run: Route;
  readonly ids: Readonly<Record<string, string>>;
}

/** The first that fits: those with fixed words stand before those with ids. */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  const given = path.split("/").map(decodeURIComponent);
  for (const { name, run, segments, method: wanted } of routes) {
    if (method !== wanted || segments.length !== given.length) continue;
    if (!segments.every((segment, index) => segment.startsWith(":") || segment === given[index])) continue;
    const ids = segments.flatMap((segment, index) =>
      segment.startsWith(":") ? [[segment.slice(1), given[index]]] : [],
    );
    return { name, run, ids: Object.fromEntries(ids) };
  }
  return undefined;
}

/** Interactions carry their own token. */
export function needsBotToken(name: string): boolean {
  return !/ \/(interactions|webhooks)\//.test(name);
}
