import { firstWhere, isDigit, isHex, isLetterOrDigit } from "./reference-characters.ts";
import { type ReferenceFault, wrongCharacter } from "./wrong-character.ts";

/** `host[:port]`: names of letters, digits and inner dashes joined by dots, or an IPv6 address in brackets. */
export function findDomainFault(domain: string): ReferenceFault | undefined {
  if (domain === "http:" || domain === "https:")
    return { index: 0, text: `An image does not begin with ${domain}//; leave it out.` };
  const hostEnd = domain.startsWith("[") ? domain.indexOf("]") + 1 : endOfHostName(domain);
  if (hostEnd === 0) return { index: 0, text: "The bracket [ of the domain has no ] behind it; add it." };
  const hostFault = domain.startsWith("[") ? findAddressFault(domain, hostEnd) : findHostNameFault(domain, hostEnd);
  if (hostFault !== undefined || hostEnd === domain.length) return hostFault;
  if (domain[hostEnd] !== ":")
    return wrongCharacter(domain, hostEnd, "a colon and a port, or a slash, must stand here");
  const port = firstWhere(domain, hostEnd + 1, (character) => !isDigit(character));
  if (port < domain.length) return wrongCharacter(domain, port, "a port is written in digits");
  return hostEnd + 1 === domain.length ? wrongCharacter(domain, hostEnd, "the port behind it is missing") : undefined;
}

function endOfHostName(domain: string): number {
  const colon = domain.indexOf(":");
  return colon < 1 ? domain.length : colon;
}

function findHostNameFault(domain: string, end: number): ReferenceFault | undefined {
  for (let index = 0; index < end; index++) {
    const character = domain.charAt(index);
    const isInside = isLetterOrDigit(domain.charAt(index - 1)) || domain[index - 1] === "-";
    const isBeforeEnd = index + 1 < end && domain[index + 1] !== ".";
    if (isLetterOrDigit(character)) continue;
    if (character === "-" && isInside && isBeforeEnd) continue;
    if (character === "." && isInside && domain[index - 1] !== "-" && index + 1 < end) continue;
    return wrongCharacter(domain, index, "a domain has letters and digits, with single dots or dashes between them");
  }
  return undefined;
}

function findAddressFault(domain: string, end: number): ReferenceFault | undefined {
  const index = firstWhere(domain, 1, (character) => character !== ":" && !isHex(character.toLowerCase()));
  if (index < end - 1) return wrongCharacter(domain, index, "an IPv6 address has hex digits and colons");
  return end === 2 ? wrongCharacter(domain, 1, "the IPv6 address is missing before it") : undefined;
}
