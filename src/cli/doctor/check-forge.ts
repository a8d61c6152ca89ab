import type { WatchedRepository } from "../../config/watched-repositories.ts";
import type { Forge } from "../../sources/forge.ts";
import { type Finding, fails, passes } from "./finding.ts";

/** Whether merge requests can be read; that they can be made is known when the first one is. */
export async function checkForge(
  { id, createMergeRequests, branch }: WatchedRepository,
  open: () => Forge | undefined,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (!createMergeRequests) return [];
  const name = `merge requests ${id}`;
  const forge = open();
  if (forge === undefined)
    return [fails(name, "the server is none that Talos knows to have merge requests", "set the Type of its host")];
  await forge.find("talos/doctor", branch ?? "main", signal);
  return [passes(name, "the server accepts the token")];
}
