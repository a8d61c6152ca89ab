import type { Actor } from "./operation.ts";

/** As people stand in events and commits: `ada (terminal)`. */
export function formatActor({ name, surface }: Actor): string {
  return `${name} (${surface})`;
}
