import { BlockList, isIPv6 } from "node:net";
import { plainAddress } from "./plain-address.ts";

/** Whether an address, in its plain form, is one of `ApiSettings.TrustedProxies`: addresses, and networks as `10.0.0.0/8`. */
export type IsTrusted = (address: string) => boolean;

export function trustProxies(networks: readonly string[]): IsTrusted {
  // Apart, because one list for both takes every IPv4 address for a part of ::/0.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [written = "", bits] = network.split("/");
    const address = bits === undefined ? plainAddress(written) : written;
    const family = familyOf(address);
    if (bits === undefined) lists[family].addAddress(address, family);
    else lists[family].addSubnet(address, Number(bits), family);
  }
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
