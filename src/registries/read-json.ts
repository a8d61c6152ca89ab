import type { Answer } from "./transport.ts";

export type Json =
  | { readonly kind: "json"; readonly value: JsonRecord }
  | { readonly kind: "bad"; readonly what: string };
export type JsonRecord = Readonly<Record<string, unknown>>;

/** An object, or what came instead, to be said after the name of who sent it. */
export function readJson(answer: Answer): Json {
  const text = answer.body.toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return { kind: "json", value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const isHtml = /^\s*</.test(text) || (answer.header("content-type") ?? "").includes("html");
  const form = isHtml ? "a web page (HTML)" : text === "" ? "nothing" : "no JSON object";
  return { kind: "bad", what: `answered ${answer.status} with ${form} where JSON was expected` };
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readText(record: JsonRecord, key: string): string | undefined {
  const value = record[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The members of an object whose values are texts. */
export function readTexts(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
