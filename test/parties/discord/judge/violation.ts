/** Something in a body that Discord refuses, or that this program may not send. */
export interface Violation {
  /** `embeds[0].description` */
  readonly path: string;
  readonly what: string;
}

export function at(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}
