import { inspect } from "node:util";

/** A password or token that cannot reach a log, an error text or JSON by accident: only `reveal` gives it away. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

const redacted = "[secret]";

export function createSecret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => redacted,
    toJSON: () => redacted,
    [Symbol.toPrimitive]: () => redacted,
    [inspect.custom]: () => redacted,
  });
}
