// The entries of `allow` and `ignore`: which tags may be candidates. They come from the watched repository, so a pattern
// runs in linear time (RE2) and never in the runtime's own backtracking engine.
import { RE2JS, RE2JSException } from "re2js";
import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import type { TagRule } from "./policy.ts";

export type TagRuleReading =
  | { readonly kind: "rule"; readonly rule: TagRule }
  /** `problem` follows the name of the setting: "has …". */
  | { readonly kind: "invalid"; readonly problem: string };

const longestRule = 500;
const patterns = new WeakMap<TagRule, RE2JS>();

/**
 * `/regex/` or `/regex/i` is a pattern; a text with a comparison, a blank or an `x` or `*` for a number is a range
 * (`>=1.2 <2`, `1.x`, `^3 || ^5`); anything else is one tag, also `1.2`.
 */
export function parseTagRule(written: string): TagRuleReading {
  const text = written.trim();
  if (text === "") return invalid("has an empty entry");
  if (text.length > longestRule) return invalid(`has an entry of more than ${longestRule} characters`);
  if (text.startsWith("/")) return parsePattern(text);
  if (isRangeText(text)) {
    if (validRange(plainNumbers(text)) !== null) return { kind: "rule", rule: { kind: "range", text } };
    const advice = text.includes(",")
      ? "separate its parts with blanks, and alternatives with ||"
      : "write it as `>=1.2 <2`, `^3` or `1.x`";
    return invalid(`has \`${text}\`, which is not a version range; ${advice}`);
  }
  if (/^\w[\w.-]{0,127}$/.test(text)) return { kind: "rule", rule: { kind: "exact", text } };
  return invalid(`has \`${text}\`, which is not a tag, a version range or a /pattern/`);
}

/**
 * `version` is what the tag engine takes for the numbers of the tag (`1.25` of `v1.25-alpine`); undefined when there are
 * none, and then no range matches. A range looks only at the first three numbers, missing ones being 0: variants,
 * builds and pre-releases are judged by their numbers alone, so `<2` also keeps out `2.0.0-rc.1`. A pattern may match
 * anywhere in the tag.
 */
export function matchesTagRule(rule: TagRule, tag: string, version: string | undefined): boolean {
  switch (rule.kind) {
    case "exact":
      return rule.text === tag;
    case "pattern":
      return compiledPattern(rule).matcher(tag).find();
    case "range": {
      const threeNumbers = version === undefined ? undefined : padVersion(version);
      return threeNumbers !== undefined && satisfies(threeNumbers, plainNumbers(rule.text));
    }
  }
}

function parsePattern(text: string): TagRuleReading {
  const end = text.lastIndexOf("/");
  const flags = text.slice(end + 1);
  if (end === 0) return invalid(`has \`${text}\`, a pattern without its closing /`);
  if (flags !== "" && flags !== "i")
    return invalid(`has \`${text}\`, whose flags \`${flags}\` are unknown; only i (any case) is there`);
  const rule: TagRule = { kind: "pattern", text };
  try {
    patterns.set(rule, compile(text));
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return invalid(
      `has \`${text}\`, which is not a pattern Talos can match: ${error.message.replace(/^error parsing regexp: /, "")}`,
    );
  }
  return { kind: "rule", rule };
}

function compiledPattern(rule: TagRule): RE2JS {
  const known = patterns.get(rule);
  if (known !== undefined) return known;
  const compiled = compile(rule.text);
  patterns.set(rule, compiled);
  return compiled;
}

function compile(text: string): RE2JS {
  const end = text.lastIndexOf("/");
  return RE2JS.compile(text.slice(1, end), text.endsWith("i") ? RE2JS.CASE_INSENSITIVE : 0);
}

function isRangeText(text: string): boolean {
  return /[<>=^~*|\s]/.test(text) || /^v?(?:\d+\.)*x(?:\.x)*$/i.test(text);
}

function padVersion(version: string): string | undefined {
  const numbers = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  if (numbers === null) return undefined;
  return plainNumbers([numbers[1], numbers[2] ?? "0", numbers[3] ?? "0"].join("."));
}

/** Without leading zeros, which `22.04` has and semantic versions may not have. */
function plainNumbers(text: string): string {
  return text.replace(/\b0+(?=\d)/g, "");
}

function invalid(problem: string): TagRuleReading {
  return { kind: "invalid", problem };
}
