import { type Content, malformed } from "../content.ts";
import { readDistribution } from "./read-distribution.ts";
import { readDockerHub } from "./read-docker-hub.ts";
import { readHarbor, readHarborCloudEvent } from "./read-harbor.ts";
import { readQuay } from "./read-quay.ts";

/** Registries send no header that says who they are: each is known by a field that only it has. */
export function readRegistry(json: Readonly<Record<string, unknown>>): Content {
  if ("events" in json) return readDistribution(json);
  if ("push_data" in json) return readDockerHub(json);
  if ("event_data" in json) return readHarbor(json);
  if ("specversion" in json) return readHarborCloudEvent(json);
  if ("docker_url" in json) return readQuay(json);
  return malformed("this is no notification of distribution, Docker Hub, Harbor or Quay");
}
