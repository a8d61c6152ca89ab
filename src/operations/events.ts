import { z } from "zod";
import { boolean, integer } from "../config/setting-types.ts";
import type { EventKind, TalosEvent } from "../events/event.ts";
import type { Events, LoggedEvent } from "../events/events.ts";
import { optional } from "./argument-types.ts";
import { defineOperation } from "./operation.ts";
import type { Tone, ViewCell, ViewPart } from "./view.ts";

const eventTones: Readonly<Partial<Record<EventKind, Tone>>> = {
  delivered: "good",
  "store-gone": "bad",
  "scan-failed": "bad",
  "dead-lettered": "bad",
  retrying: "warning",
  reverted: "warning",
  held: "warning",
  "question-opened": "warning",
  operation: "quiet",
  verified: "quiet",
  "scan-finished": "quiet",
};

export const events = defineOperation({
  name: "events",
  summary: "list what happened last, and with follow what happens from then on",
  arguments: z.strictObject({
    number: optional(integer(1, 1000), "How many of the latest; not given: 20."),
    follow: optional(boolean(), "Go on with what happens, until it is cancelled."),
    all: optional(boolean(), "With operations that only read, too."),
  }),
  positional: ["number"],
  access: "read",
  deadlineSeconds: 7 * 24 * 3600,
  async *run({ talos, signal }, { number = 20, follow = false, all = false }) {
    const isShown = (logged: LoggedEvent) => all || !onlyRead(logged);
    const position = (await talos.events.latest(1)).at(-1)?.position ?? 0;
    const latest = await readLatest(talos.events, number, (logged) => logged.position <= position && isShown(logged));
    const part: ViewPart =
      latest.length === 0 ? { type: "text", text: "nothing has happened yet", tone: "quiet" } : tableOfEvents(latest);
    if (!follow) return [part];
    yield { kind: "part", part };
    for await (const logged of talos.events.follow(position, signal))
      if (isShown(logged)) yield { kind: "part", part: tableOfEvents([logged]) };
    return [];
  },
});

/** As many of the latest as were wanted, though others lie between them. */
export async function readLatest(
  log: Events,
  number: number,
  isWanted: (logged: LoggedEvent) => boolean,
): Promise<readonly LoggedEvent[]> {
  for (let limit = number * 2; ; limit *= 4) {
    const latest = await log.latest(limit);
    const wanted = latest.filter(isWanted);
    if (wanted.length >= number || latest.length < limit || limit > searchedEvents) return wanted.slice(-number);
  }
}

const searchedEvents = 10_000;

function tableOfEvents(logged: readonly LoggedEvent[]): ViewPart {
  return { type: "table", columns: ["when", "event", "where", "what"], rows: logged.map(eventCells) };
}

/** What happened to one thing: where needs no saying. */
export function historyOf(logged: readonly LoggedEvent[]): ViewPart {
  const rows = logged.map((one) => eventCells(one).filter((_, column) => column !== 2));
  return { type: "table", columns: ["when", "event", "what"], rows };
}

function eventCells({ event }: LoggedEvent): readonly ViewCell[] {
  const { kind, atMs, actor, text, facts } = event;
  const where = event.source ?? String(facts?.host ?? "");
  const tone = toneOf(event);
  const what = actor === "talos" || text.includes(actor) ? text : `${text}; by ${actor}`;
  return [{ atMs, exact: true }, tone === undefined ? kind : { text: kind, tone }, where, what];
}

function toneOf({ kind, facts }: TalosEvent): Tone | undefined {
  if (kind !== "pipeline") return eventTones[kind];
  if (facts?.state === "failed") return "bad";
  return facts?.state === "succeeded" ? "good" : "quiet";
}

function onlyRead({ event }: LoggedEvent): boolean {
  return event.kind === "operation" && event.facts?.access === "read";
}
