import type { ContainerInspection, Endpoint, Settings } from "./inspection.ts";

export type EndpointSettings = Settings;

interface NetworkPlace {
  readonly network: string;
  readonly endpoint: EndpointSettings;
}

interface NetworkEndpoints {
  readonly mode: string;
  /** Where it is to be made; undefined: the mode says all. */
  readonly primary: NetworkPlace | undefined;
  readonly further: readonly NetworkPlace[];
}

/** In which networks a container is, as which names, and with which of its addresses by somebody's wish. */
export function networkEndpoints({ Id, HostConfig, NetworkSettings }: ContainerInspection): NetworkEndpoints {
  const mode = HostConfig.NetworkMode || "default";
  if (/^(host|none|container:.*)$/.test(mode)) return { mode, primary: undefined, further: [] };
  const places = Object.entries(NetworkSettings.Networks).map(([network, endpoint]) => ({
    network,
    id: endpoint.NetworkID,
    endpoint: wishes(endpoint, Id.slice(0, 12)),
  }));
  const wanted = mode === "default" ? "bridge" : mode;
  const first = places.find(({ network, id }) => network === wanted || id === wanted) ?? places[0];
  const further = places.filter((place) => place !== first).map(({ network, endpoint }) => ({ network, endpoint }));
  // It has been taken out of all of them since.
  if (first === undefined) return { mode: "none", primary: undefined, further: [] };
  // The engine's own bridge knows neither names nor fixed addresses.
  if (/^(bridge|host|none)$/.test(first.network)) return { mode: first.network, primary: undefined, further };
  return { mode: first.network, primary: { network: first.network, endpoint: first.endpoint }, further };
}

function wishes(
  { IPAMConfig, Links, Aliases, DriverOpts, GwPriority, MacAddress, IPAddress }: Endpoint,
  shortId: string,
) {
  const names = Aliases?.filter((alias) => alias !== shortId) ?? [];
  const hasOwnMac = MacAddress && MacAddress !== macOf(IPAddress ?? "");
  return {
    ...(IPAMConfig && Object.keys(IPAMConfig).length > 0 ? { IPAMConfig } : {}),
    ...(Links && Links.length > 0 ? { Links } : {}),
    ...(names.length === 0 ? {} : { Aliases: names }),
    ...(DriverOpts && Object.keys(DriverOpts).length > 0 ? { DriverOpts } : {}),
    ...(GwPriority ? { GwPriority } : {}),
    ...(hasOwnMac ? { MacAddress } : {}),
  };
}

/** What the engine makes of an address where nobody has asked for another. */
function macOf(address: string): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(16).padStart(2, "0"));
  return `02:42:${bytes.join(":")}`;
}
