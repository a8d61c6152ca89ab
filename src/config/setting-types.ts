// The kinds of values a setting can have. Each is a zod schema from the written text, whatever kind of file or variable
// it stands in, to what the program uses; its metadata is the JSON Schema an editor checks it by. `deprecated` there
// means: accepted without effect, and the description is the notice; `writeOnly`: never printed.
import { isIP } from "node:net";
import { z } from "zod";
import { compileGlobs } from "../files/globs/compile-globs.ts";
import { parseDuration } from "../policy/duration.ts";
import { parseTimeZone } from "../policy/time-zone.ts";
import { createSecret } from "../telemetry/secret.ts";
import { parseRedisEndpoint } from "./redis-endpoint.ts";

type Parsed<Value> = { readonly value: Value } | { readonly problem: string };

/** `problem` follows the name of the setting: "must be …". */
export function leaf<Value>(json: Readonly<Record<string, unknown>>, parse: (text: string) => Parsed<Value>) {
  return z
    .string()
    .transform((text, context): Value => {
      const parsed = parse(text.trim());
      if ("value" in parsed) return parsed.value;
      context.addIssue({ code: "custom", message: parsed.problem });
      return z.NEVER;
    })
    .meta(json);
}

export function text() {
  return leaf({ type: "string" }, (value) => ({ value }));
}

/** Blanks at its ends belong to it. */
export function textAsWritten() {
  return z
    .string()
    .transform((text) => text)
    .meta({ type: "string" });
}

/** Kept to the last character: blanks can belong to a password. */
export function secret() {
  return z.string().transform(createSecret).meta({ type: "string", writeOnly: true });
}

/** Stays a secret: it may hold a password. */
export function redisEndpoint() {
  return secret().superRefine((written, context) => {
    const reading = parseRedisEndpoint(written.reveal(), 0);
    if (reading.kind === "invalid") context.addIssue({ code: "custom", message: reading.problem });
  });
}

export function boolean() {
  return leaf({ type: "boolean" }, (written): Parsed<boolean> => {
    const word = written.toLowerCase();
    if (["true", "yes", "on", "1"].includes(word)) return { value: true };
    if (["false", "no", "off", "0"].includes(word)) return { value: false };
    return { problem: `must be true or false, not \`${written}\`` };
  });
}

export function integer(minimum: number, maximum = 2_147_483_647) {
  return leaf({ type: "integer", minimum, maximum }, (written): Parsed<number> => {
    const value = Number(written);
    if (/^[+-]?\d+$/.test(written) && value >= minimum && value <= maximum) return { value };
    const range = maximum === 2_147_483_647 ? `of ${minimum} or more` : `from ${minimum} to ${maximum}`;
    return { problem: `must be a whole number ${range}, not \`${written}\`` };
  });
}

export function choice<const Word extends string>(...words: readonly [Word, ...Word[]]) {
  return leaf({ type: "string", enum: words }, (written): Parsed<Word> => {
    const value = words.find((word) => word.toLowerCase() === written.toLowerCase());
    return value === undefined ? { problem: `must be ${formatChoice(words)}, not \`${written}\`` } : { value };
  });
}

/** In seconds. */
export function duration() {
  return leaf({ type: "string", examples: ["15m", "12h", "3d"] }, (written): Parsed<number> => {
    const reading = parseDuration(written);
    return reading.kind === "duration" ? { value: reading.seconds } : { problem: reading.problem };
  });
}

export function webUrl() {
  return leaf({ type: "string", format: "uri" }, (written): Parsed<string> => {
    const url = URL.parse(written);
    if (url !== null && (url.username !== "" || url.password !== ""))
      return { problem: "must not hold a user name or password: it is shown" };
    if (url?.protocol === "http:" || url?.protocol === "https:") return { value: written };
    return { problem: `must be a URL such as https://talos.example.com, not \`${written}\`` };
  });
}

/** An address, or a network as `10.0.0.0/8`. */
export function network() {
  return leaf({ type: "string", examples: ["127.0.0.1", "172.16.0.0/12"] }, (written): Parsed<string> => {
    const [address = "", bits, ...others] = written.split("/");
    const mostBits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const isFit = bits === undefined ? mostBits > 0 : /^\d+$/.test(bits) && Number(bits) <= mostBits;
    if (isFit && others.length === 0) return { value: written };
    return { problem: `must be an address, or a network such as 172.16.0.0/12, not \`${written}\`` };
  });
}

export function headerName() {
  return leaf({ type: "string", examples: ["Remote-User"] }, (written): Parsed<string> => {
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(written)) return { value: written };
    return { problem: `must be the name of a header such as Remote-User, not \`${written}\`` };
  });
}

/** The key itself would be in argument lists and error texts; it comes here when its file is given as `{ File: … }`. */
export function keyFile() {
  return leaf(
    { type: "string" },
    (written): Parsed<string> =>
      /\n|PRIVATE KEY/.test(written)
        ? { problem: "must be the path of the key's file, not the key itself" }
        : { value: written },
  );
}

export function timeZone() {
  return leaf({ type: "string", examples: ["Europe/Berlin"] }, (written): Parsed<string> => {
    const value = parseTimeZone(written);
    return value === undefined
      ? { problem: `must be a time zone such as Europe/Berlin, not \`${written}\`` }
      : { value };
  });
}

/** Digits, which a double cannot hold; 0, as in the settings of the earlier program, is not set. */
export function discordId() {
  return leaf({ type: ["string", "integer"], pattern: "^[0-9]+$" }, (written): Parsed<string | undefined> => {
    if (!/^\d{1,20}$/.test(written)) {
      return { problem: `must be the number Discord shows under "Copy ID", not \`${written}\`` };
    }
    return { value: /^0+$/.test(written) ? undefined : written };
  });
}

/** Paths of files from the root of a repository. */
export function glob() {
  return leaf({ type: "string" }, (written): Parsed<string> => {
    const compiled = compileGlobs({ include: [written], exclude: [] });
    return compiled.kind === "compiled" ? { value: written } : { problem: `is no glob: ${compiled.text}` };
  });
}

function formatChoice(words: readonly string[]): string {
  if (words.length === 1) return words.join();
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
