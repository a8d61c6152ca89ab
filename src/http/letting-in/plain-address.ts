const mapped = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** An IPv4 address that a socket for both kinds gives as IPv6 is IPv4 again. */
export function plainAddress(written: string): string {
  return written.replace(mapped, "");
}
