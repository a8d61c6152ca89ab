import type { ImageReference } from "./image-reference.ts";
import { findReferenceFault } from "./reference-fault.ts";
import { splitReference } from "./split-reference.ts";

export type ReferenceReading =
  | { readonly kind: "valid"; readonly reference: ImageReference }
  /** `index`: the first wrong character, in UTF-16 units; `text`: what is wrong and what would be right. */
  | { readonly kind: "invalid"; readonly index: number; readonly text: string };

/**
 * Reads an image as the distribution project defines it (specification section 1). Two differences to Docker: a first
 * component in upper case is a fault and never a domain, and a domain's case does not count.
 */
export function parseImageReference(text: string): ReferenceReading {
  const parts = splitReference(text);
  const fault = findReferenceFault(text, parts);
  if (fault !== undefined) return { kind: "invalid", ...fault };
  const { written, tag, digest } = parts;
  const { domain, path } = normalizeRepository(parts.domain, parts.path);
  return { kind: "valid", reference: { written, domain, path, tag, digest } };
}

const dockerHub = "docker.io";
const dockerHubNames: readonly string[] = [dockerHub, "index.docker.io", "registry-1.docker.io"];

function normalizeRepository(writtenDomain: string | undefined, path: string): { domain: string; path: string } {
  const domain = writtenDomain?.toLowerCase() ?? dockerHub;
  if (!dockerHubNames.includes(domain)) return { domain, path };
  return { domain: dockerHub, path: path.includes("/") ? path : `library/${path}` };
}
