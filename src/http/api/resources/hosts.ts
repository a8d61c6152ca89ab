import type { Host as DockerHost } from "../../../hosts/hosts.ts";
import { type Host, hostsSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";

export const hosts = defineResource({
  path: "/hosts",
  summary: "list the Docker hosts: whether they answer, their versions, how many containers they have",
  access: "read",
  query: noQuery,
  answer: hostsSchema,
  read: async ({ talos }) => ({ hosts: talos.hosts.all.map(describeHost) }),
});

function describeHost(host: DockerHost): Host {
  const { kind, ...facts } = host.state();
  const known = host.known();
  return {
    name: host.name,
    address: host.address,
    state: kind,
    ...facts,
    containers: {
      all: known.length,
      running: known.filter(({ state }) => state === "running").length,
      unhealthy: known.filter(({ health }) => health === "unhealthy").length,
    },
  };
}
