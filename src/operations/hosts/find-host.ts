import type { Host } from "../../hosts/hosts.ts";
import { suggestName } from "../../policy/nearest-name.ts";
import { TalosError } from "../../talos-error.ts";
import type { Talos } from "../talos.ts";

/** The host that a person names, in any case where no other differs from it by that alone. */
export function findHost(talos: Pick<Talos, "hosts">, wanted: string): Host {
  const matches = matchHosts(talos, wanted);
  const [host, ...others] = matches;
  const names = talos.hosts.all.map(({ name }) => name);
  if (host === undefined)
    throw new TalosError("target-not-found", `there is no host ${wanted}`, {
      hint: names.length === 0 ? "no host is configured: DockerSettings.Hosts names them" : suggestName(wanted, names),
    });
  if (others.length === 0) return host;
  throw new TalosError("ambiguous", `${matches.length} hosts are called ${wanted}, in different case`, {
    hint: `they are ${matches.map(({ name }) => name).join(", ")}`,
  });
}

export function matchHosts({ hosts }: Pick<Talos, "hosts">, wanted: string): readonly Host[] {
  const exact = hosts.all.filter(({ name }) => name === wanted);
  if (exact.length > 0) return exact;
  return hosts.all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
}
