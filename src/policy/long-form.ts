import { type Size, sizes } from "../images/size.ts";
import { parseDuration } from "./duration.ts";
import { parseDeliveryWindow } from "./parse-delivery-window.ts";
import { type DeliveryWindow, type Policy, type Strategy, strategies, type TagRule } from "./policy.ts";
import type { PolicyReading, Setting } from "./setting.ts";
import { strategyForAll } from "./short-form.ts";
import { readSync, syncKeys } from "./sync-keys.ts";
import { parseTagRule } from "./tag-rules.ts";
import { collectKeys, readBoolean, readText, readTexts, readWord, refuse, type WrittenKeys } from "./written-keys.ts";

/** All keys of the long form, dotted as one may write them in a Dockerfile. */
const policyKeys = ["skip", "bump", "strategy"].concat(
  sizes.map((size) => `strategy.${size}`),
  ["sync", ...syncKeys],
  ["pin", "allow", "ignore", "age", "window", "platform"],
);

/** `x-talos:` and what else becomes a map of keys. What it does not say is as in `defaults`. */
export function readLongForm(setting: Setting, defaults: Policy): PolicyReading {
  if (setting.kind !== "map") {
    const text = "the long form is keys and values; a text such as `^:!!?.` belongs in the short form (x-tl, !tl)";
    return { kind: "invalid", problems: [{ at: setting.at, text }] };
  }
  const written = collectKeys(setting.entries, policyKeys, ["strategy", "sync"]);
  const policy: Policy = {
    skip: readBoolean(written, "skip") ?? defaults.skip,
    bump: readWord(written, "bump", sizes) ?? defaults.bump,
    strategy: readStrategy(written, defaults.strategy),
    sync: readSync(written) ?? defaults.sync,
    pin: readBoolean(written, "pin") ?? defaults.pin,
    allow: readTagRules(written, "allow") ?? defaults.allow,
    ignore: readTagRules(written, "ignore") ?? defaults.ignore,
    ageSeconds: readAge(written, defaults.ageSeconds),
    window: readWindows(written) ?? defaults.window,
    platform: readPlatform(written) ?? defaults.platform,
  };
  const { problems, warnings } = written;
  return problems.length > 0 ? { kind: "invalid", problems } : { kind: "valid", policy, warnings };
}

/** One word is for every size; a map changes only the sizes it names. */
function readStrategy(written: WrittenKeys, defaults: Policy["strategy"]): Record<Size, Strategy> {
  const whole = written.settings.get("strategy")?.value;
  const one = whole === undefined || whole.kind === "map" ? undefined : readWord(written, "strategy", strategies);
  const strategy = one === undefined ? { ...defaults } : strategyForAll(one);
  for (const size of sizes) strategy[size] = readWord(written, `strategy.${size}`, strategies) ?? strategy[size];
  return strategy;
}

function readTagRules(written: WrittenKeys, key: string): readonly TagRule[] | undefined {
  const rules: TagRule[] = [];
  const texts = readTexts(written, key, splitTags);
  for (const { text, at } of texts ?? []) {
    const reading = parseTagRule(text);
    if (reading.kind === "rule") rules.push(reading.rule);
    else refuse(written, { kind: "scalar", text, at }, `\`${key}\` ${reading.problem}`);
  }
  return texts === undefined ? undefined : rules;
}

/** Commas separate plain tags only: patterns hold them too, and a range that is cut in two would let everything through. */
function splitTags(text: string): readonly string[] {
  return /^[\w.-]+(?:\s*,\s*[\w.-]+)+$/.test(text.trim()) ? text.split(",") : [text];
}

/** `0` takes a default age away. */
function readAge(written: WrittenKeys, defaultSeconds: number | undefined): number | undefined {
  const setting = readText(written, "age", "a duration such as `3d`");
  if (setting === undefined) return defaultSeconds;
  const reading = parseDuration(setting.text);
  if (reading.kind === "duration") return reading.seconds === 0 ? undefined : reading.seconds;
  return refuse(written, setting, `\`age\` ${reading.problem}`);
}

function readWindows(written: WrittenKeys): readonly DeliveryWindow[] | undefined {
  const windows: DeliveryWindow[] = [];
  const texts = readTexts(written, "window", (text) => [text]);
  for (const { text, at } of texts ?? []) {
    const reading = parseDeliveryWindow(text);
    if (reading.kind === "windows") windows.push(...reading.windows);
    else refuse(written, { kind: "scalar", text, at }, `\`window\` ${reading.problem}`);
  }
  return texts === undefined ? undefined : windows;
}

function readPlatform(written: WrittenKeys): string | undefined {
  const setting = readText(written, "platform", "a platform such as `linux/arm64`");
  if (setting === undefined) return undefined;
  const platform = setting.text.toLowerCase();
  if (/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(platform)) return platform;
  return refuse(
    written,
    setting,
    `\`platform\` must be os/architecture[/variant] such as \`linux/arm64/v8\`, not \`${setting.text}\``,
  );
}
