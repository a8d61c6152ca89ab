import { suggestName } from "./nearest-name.ts";
import type { Position, Setting, SettingProblem } from "./setting.ts";

/** The keys of one long form while it is read; whoever reads a value adds what is wrong with it. */
export interface WrittenKeys {
  /** By name in lower case: `strategy.patch`. */
  readonly settings: ReadonlyMap<string, WrittenKey>;
  readonly problems: SettingProblem[];
  readonly warnings: SettingProblem[];
}

interface WrittenKey {
  readonly keyAt: Position;
  readonly value: Setting;
}

/** Maps below one of `groups` are opened, so that nested maps and dotted keys (`sync.id`) read the same. */
export function collectKeys(entries: MapEntries, known: readonly string[], groups: readonly string[]): WrittenKeys {
  const settings = new Map<string, WrittenKey>();
  const written: WrittenKeys = { settings, problems: [], warnings: [] };
  for (const { name, keyAt, value } of openGroups(entries, groups)) {
    const key = name.toLowerCase();
    if (!known.includes(key)) {
      written.problems.push({ at: keyAt, text: `\`${name}\` is not a key of a policy; ${suggestName(name, known)}` });
      continue;
    }
    if (settings.has(key))
      written.warnings.push({ at: keyAt, text: `\`${key}\` is written twice; the last one counts` });
    settings.set(key, { keyAt, value });
  }
  return written;
}

export function readBoolean(written: WrittenKeys, key: string): boolean | undefined {
  const setting = written.settings.get(key);
  if (setting === undefined) return undefined;
  const word = scalarText(setting.value)?.toLowerCase();
  if (word === "true" || word === "yes" || word === "on" || word === "y") return true;
  if (word === "false" || word === "no" || word === "off" || word === "n") return false;
  return refuse(written, setting.value, `\`${key}\` must be true or false, not ${describe(setting.value)}`);
}

export function readWord<Word extends string>(
  written: WrittenKeys,
  key: string,
  words: readonly Word[],
): Word | undefined {
  const setting = written.settings.get(key);
  if (setting === undefined) return undefined;
  const wanted = scalarText(setting.value)?.toLowerCase();
  const found = words.find((word) => word === wanted);
  return (
    found ?? refuse(written, setting.value, `\`${key}\` must be ${formatChoice(words)}, not ${describe(setting.value)}`)
  );
}

export function readText(
  written: WrittenKeys,
  key: string,
  what: string,
): Extract<Setting, { kind: "scalar" }> | undefined {
  const setting = written.settings.get(key)?.value;
  if (setting === undefined) return undefined;
  if (setting.kind === "scalar" && setting.text.trim() !== "") return { ...setting, text: setting.text.trim() };
  return refuse(written, setting, `\`${key}\` must be ${what}, not ${describe(setting)}`);
}

/** A list, or one text, which `split` may take apart; undefined also when an element is not a text. */
export function readTexts(
  written: WrittenKeys,
  key: string,
  split: (text: string) => readonly string[],
): readonly { readonly text: string; readonly at: Position }[] | undefined {
  const setting = written.settings.get(key)?.value;
  if (setting === undefined) return undefined;
  if (setting.kind === "scalar") return split(setting.text).map((text) => ({ text: text.trim(), at: setting.at }));
  if (setting.kind === "map")
    return refuse(written, setting, `\`${key}\` must be a text or a list of texts, not a map`);
  const texts = setting.items.flatMap((item) =>
    item.kind === "scalar" ? [{ text: item.text.trim(), at: item.at }] : [],
  );
  if (texts.length === setting.items.length) return texts;
  return refuse(written, setting, `\`${key}\` must be a list of texts; one of its elements is a list or a map`);
}

export function refuse(written: WrittenKeys, setting: Setting, text: string): undefined {
  written.problems.push({ at: setting.at, text });
}

type MapEntries = Extract<Setting, { kind: "map" }>["entries"];

function openGroups(
  entries: MapEntries,
  groups: readonly string[],
): { name: string; keyAt: Position; value: Setting }[] {
  return entries.flatMap(({ key, keyAt, value }) => {
    const own = { name: key, keyAt, value };
    if (value.kind !== "map" || !groups.includes(key.toLowerCase())) return [own];
    return [
      own,
      ...value.entries.map((inner) => ({ name: `${key}.${inner.key}`, keyAt: inner.keyAt, value: inner.value })),
    ];
  });
}

function scalarText(setting: Setting): string | undefined {
  return setting.kind === "scalar" ? setting.text.trim() : undefined;
}

function describe(setting: Setting): string {
  if (setting.kind !== "scalar") return `a ${setting.kind}`;
  return setting.text.trim() === "" ? "empty" : `\`${setting.text.trim()}\``;
}

function formatChoice(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
