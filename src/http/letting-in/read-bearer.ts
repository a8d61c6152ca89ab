/** The token of `Authorization: Bearer …`; undefined: none, or another scheme, which may be meant for a proxy. */
export function readBearer(header: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header ?? "")?.[1];
}
