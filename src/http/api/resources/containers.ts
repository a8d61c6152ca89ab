import type { Container as DockerContainer } from "../../../hosts/container.ts";
import { findHost } from "../../../operations/hosts/find-host.ts";
import { type Container, containersSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";

export const containers = defineResource({
  path: "/hosts/{name}/containers",
  summary: "list the containers of a host as last known, without asking its engine",
  access: "read",
  query: noQuery,
  answer: containersSchema,
  async read({ talos, name }) {
    const host = findHost(talos, name);
    return { host: host.name, containers: host.known().map(describeContainer) };
  },
});

function describeContainer({ id, name, image, state, health, status, createdMs, labels }: DockerContainer): Container {
  return {
    id,
    name,
    image,
    version: labels["org.opencontainers.image.version"],
    state,
    health,
    status,
    createdMs,
    project: labels["com.docker.compose.project"],
    service: labels["com.docker.compose.service"],
  };
}
