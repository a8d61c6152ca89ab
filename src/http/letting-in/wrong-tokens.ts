/**
 * How many wrong tokens an address has presented lately. A token cannot be guessed; what this saves is work and log lines.
 * Addresses of IPv6 count by their /64, which is what one customer has. The oldest is forgotten when there are too many, so
 * that many addresses cost no memory and lock nobody else out.
 */
import { isIPv6 } from "node:net";

export interface WrongTokens {
  /** How long this address has to wait; undefined: it may try. */
  waitSeconds(address: string, nowMs: number): number | undefined;
  note(address: string, nowMs: number): void;
}

const allowed = 10;
const perMs = 60_000;
const mostAddresses = 10_000;

export function countWrongTokens(): WrongTokens {
  const counts = new Map<string, { readonly untilMs: number; count: number }>();
  return {
    waitSeconds(address, nowMs) {
      const found = counts.get(networkOf(address));
      if (found === undefined || found.count < allowed || found.untilMs <= nowMs) return undefined;
      return Math.ceil((found.untilMs - nowMs) / 1000);
    },
    note(address, nowMs) {
      const network = networkOf(address);
      const found = counts.get(network);
      if (found !== undefined && found.untilMs > nowMs) {
        found.count += 1;
        return;
      }
      counts.delete(network);
      counts.set(network, { untilMs: nowMs + perMs, count: 1 });
      const [oldest] = counts.keys();
      if (counts.size > mostAddresses && oldest !== undefined) counts.delete(oldest);
    },
  };
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = [], after = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
