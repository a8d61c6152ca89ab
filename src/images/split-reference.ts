/** The parts of an image text as written, each with where it begins. Nothing is checked yet. */
export interface ReferenceParts {
  /** Everything before tag and digest. */
  readonly written: string;
  readonly domain: string | undefined;
  readonly path: string;
  readonly pathStart: number;
  readonly tag: string | undefined;
  readonly tagStart: number;
  readonly digest: string | undefined;
  readonly digestStart: number;
}

/** A colon before the last slash belongs to a port or an IPv6 address, one behind it begins the tag. */
export function splitReference(text: string): ReferenceParts {
  const at = text.indexOf("@");
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const written = colon < 0 ? named : named.slice(0, colon);
  const slash = written.indexOf("/");
  const first = slash < 0 ? undefined : written.slice(0, slash);
  const domain = first !== undefined && isDomain(first) ? first : undefined;
  const pathStart = domain === undefined ? 0 : slash + 1;
  return {
    written,
    domain,
    path: written.slice(pathStart),
    pathStart,
    tag: colon < 0 ? undefined : named.slice(colon + 1),
    tagStart: colon + 1,
    digest: at < 0 ? undefined : text.slice(at + 1),
    digestStart: at + 1,
  };
}

function isDomain(component: string): boolean {
  return component.includes(".") || component.includes(":") || component === "localhost";
}
