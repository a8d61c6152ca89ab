import type { Container } from "../../../http/api/api-schemas.ts";
import { createResource, type Resource } from "../../client/api/resource.ts";

type Containers = Resource<{ readonly host: string; readonly containers: readonly Container[] }>;

const known = new Map<string, Containers>();

/** What a host runs, as Talos last knew it; one for each host, as long as the page is there. */
export function containersOf(host: string): Containers {
  const created: Containers =
    known.get(host) ??
    createResource(`hosts/${encodeURIComponent(host)}/containers`, ({ kind }) => kind === "operation");
  known.set(host, created);
  return created;
}
