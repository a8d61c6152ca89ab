import type { Host, LoggedEvent } from "../../../http/api/api-schemas.ts";
import { createResource } from "../api/resource.ts";

/** Hosts leave no events of their own: what a person did there may have changed them. Whoever shows them asks again. */
export const hosts = createResource<{ readonly hosts: readonly Host[] }>("hosts", isChange);

function isChange({ kind, facts }: LoggedEvent): boolean {
  return kind === "operation" && facts?.access !== "read";
}
