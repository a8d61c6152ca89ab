/** Policies as people write them, and what they mean, told without the product's parser. */
import type { Random } from "./random.ts";
import { parseVersion } from "./upstream.ts";

const sizes = ["digest", "patch", "minor", "major"] as const;
/** 0 digest, 1 patch, 2 minor, 3 major. */
export type SizeNumber = 0 | 1 | 2 | 3;
type Strategy = "push" | "prompt" | "notify" | "skip";

export interface Window {
  readonly text: string;
  /** Days of the week, 0 being Sunday; minutes of the day; over midnight when the second is not larger. */
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly zone: string;
}

export interface ModelPolicy {
  readonly skip: boolean;
  readonly bump: SizeNumber;
  readonly strategy: readonly [Strategy, Strategy, Strategy, Strategy];
  readonly pin: boolean;
  readonly ageHours: number | undefined;
  readonly window: Window | undefined;
  readonly rule: TagRule | undefined;
  readonly sync: Sync | undefined;
}

export interface Sync {
  readonly group: string;
  readonly id: string;
  readonly isParent: boolean;
}

interface TagRule {
  readonly key: "allow" | "ignore";
  readonly text: string;
  readonly admits: (tag: string) => boolean;
}

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const windows: readonly Window[] = [
  { text: "22:00-06:00 Europe/Berlin", days: everyDay, fromMinute: 1320, toMinute: 360, zone: "Europe/Berlin" },
  { text: "02:00-03:00 Europe/Berlin", days: everyDay, fromMinute: 120, toMinute: 180, zone: "Europe/Berlin" },
  {
    text: "Mon-Fri 09:00-17:00 America/New_York",
    days: [1, 2, 3, 4, 5],
    fromMinute: 540,
    toMinute: 1020,
    zone: "America/New_York",
  },
  { text: "weekends 01:00-02:30 Europe/London", days: [0, 6], fromMinute: 60, toMinute: 150, zone: "Europe/London" },
  { text: "23:30-00:45 Asia/Kolkata", days: everyDay, fromMinute: 1410, toMinute: 45, zone: "Asia/Kolkata" },
];
const rules: readonly TagRule[] = [
  { key: "ignore", text: "2.x", admits: (tag) => parseVersion(tag)?.numbers[0] !== 2 },
  { key: "ignore", text: "/5$/", admits: (tag) => !tag.endsWith("5") },
  { key: "allow", text: "<3", admits: (tag) => (parseVersion(tag)?.numbers[0] ?? 0) < 3 },
];

export function randomPolicy(random: Random, sync?: Sync): ModelPolicy {
  const isPlain = sync !== undefined && !sync.isParent;
  const bump = random.pick([0, 1, 2, 2, 3, 3] as const);
  const one = (): Strategy => random.pick(["push", "push", "push", "prompt", "notify", "skip"]);
  return {
    skip: sync === undefined && random.isOneIn(25),
    bump: sync === undefined ? bump : random.pick([2, 3] as const),
    strategy: random.isOneIn(2) ? ["push", "push", "push", "push"] : [one(), one(), one(), one()],
    pin: !random.isOneIn(4),
    ageHours: !isPlain && random.isOneIn(6) ? random.pick([3, 12, 30]) : undefined,
    window: !isPlain && random.isOneIn(5) ? random.pick(windows) : undefined,
    rule: !isPlain && random.isOneIn(7) ? random.pick(rules) : undefined,
    sync,
  };
}

/** By the exact text it was written as. */
const written = new Map<string, ModelPolicy>();

export function readPolicy(text: string): ModelPolicy {
  const policy = written.get(text);
  if (policy === undefined) throw new Error(`nobody wrote the policy ${text}`);
  return policy;
}

/** As a YAML map in one line. */
export function writeFlow(policy: ModelPolicy): string {
  const groups = policy.sync && [`sync: { ${syncPairs(policy.sync, policy).map(join(": ")).join(", ")} }`];
  const strategy = `strategy: { ${sizes.map((size, index) => `${size}: ${policy.strategy[index]}`).join(", ")} }`;
  const text = `{ ${[...plainPairs(policy).map(join(": ")), strategy, ...(groups ?? [])].join(", ")} }`;
  written.set(text, policy);
  return text;
}

/** As pairs behind `# !talos`. */
export function writePairs(policy: ModelPolicy): string {
  const strategies = sizes.map((size, index): Pair => [`strategy.${size}`, policy.strategy[index] ?? "skip"]);
  const sync =
    policy.sync === undefined ? [] : syncPairs(policy.sync, policy).map(([key, value]): Pair => [`sync.${key}`, value]);
  const text = [...plainPairs(policy), ...strategies, ...sync].map(join("=")).join(" ");
  written.set(text, policy);
  return text;
}

type Pair = readonly [string, string];
const join = (mark: string) => (pair: Pair) => pair.join(mark);

function plainPairs({ skip, bump, pin, ageHours, window, rule }: ModelPolicy): readonly Pair[] {
  return [
    ...(skip ? [["skip", "true"] as const] : []),
    ["bump", sizes[bump]],
    ...(pin ? [] : [["pin", "false"] as const]),
    ...(ageHours === undefined ? [] : [["age", `${ageHours}h`] as const]),
    ...(window === undefined ? [] : [["window", `"${window.text}"`] as const]),
    ...(rule === undefined ? [] : [[rule.key, `"${rule.text}"`] as const]),
  ];
}

function syncPairs({ group, id, isParent }: Sync, _policy: ModelPolicy): readonly Pair[] {
  return [
    ["role", isParent ? "parent" : "child"],
    ["group", group],
    ["id", id],
  ];
}

/** Whether a window is open at a moment, by the clock on the wall there. */
export function isWindowOpen({ days, fromMinute, toMinute, zone }: Window, atMs: number): boolean {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(part("weekday"));
  const minute = Number(part("hour")) * 60 + Number(part("minute"));
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute;
  return (days.includes(day) && minute >= fromMinute) || (days.includes((day + 6) % 7) && minute < toMinute);
}
