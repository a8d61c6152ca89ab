import type { Quarantine } from "../../../delivery/decisions/quarantine.ts";
import type { Update as DeliveryUpdate } from "../../../delivery/update.ts";
import { targetName } from "../../../operations/updates/describe-update.ts";
import { type DeliveryState, readDeliveryState } from "../../../operations/updates/read-delivery-state.ts";
import { type Update, updatesSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";
import { describeMembers } from "./describe-members.ts";

export const updates = defineResource({
  path: "/updates",
  summary: "list what is asked, queued, failed or held",
  access: "read",
  query: noQuery,
  answer: updatesSchema,
  async read({ talos }) {
    const state = await readDeliveryState(talos);
    const known = [...describeQuestions(state), ...describeQueue(state), ...describeLetters(state)];
    const keys = new Set(known.map(({ key }) => key));
    const held = [...state.quarantines.values()].filter(({ key }) => !keys.has(key)).map(describeHeld);
    return { updates: [...known, ...held].map((update) => withHolds(update, state)) };
  },
});

function describeQuestions({ questions }: DeliveryState): readonly Update[] {
  return [...questions.values()].map(({ key, question: { update, id, askedMs, state } }) => ({
    ...describe(key, update),
    state: state === "open" ? "asked" : "deferred",
    sinceMs: askedMs,
    question: id,
  }));
}

function describeQueue({ queue }: DeliveryState): readonly Update[] {
  return [...queue.values()].map(({ key, entry }) => ({
    ...describe(key, entry.update),
    state: "queued",
    sinceMs: entry.queuedMs,
  }));
}

/** One that cannot be read is among the dead letters alone. */
function describeLetters({ letters }: DeliveryState): readonly Update[] {
  return [...letters.values()].flatMap(({ key, letter }) =>
    letter === undefined ? [] : [{ ...describe(key, letter.update), state: "dead" as const, sinceMs: letter.atMs }],
  );
}

function describe(key: string, update: DeliveryUpdate) {
  const { source, target, size } = update;
  return { key, source, target, name: targetName(update), size, members: describeMembers(update) };
}

/** Nothing is known of it but that something of it does not go. */
function describeHeld({ key, source, target, quarantine }: KeptQuarantine): Update {
  const name = target.startsWith("group:") ? target : (target.split("#").at(-1) ?? target);
  return { key, source, target, name, members: [], state: "held", sinceMs: quarantine.at(-1)?.atMs };
}
type KeptQuarantine = DeliveryState["quarantines"] extends ReadonlyMap<string, infer Kept> ? Kept : never;

function withHolds(update: Update, { quarantines }: DeliveryState): Update {
  const quarantine = quarantines.get(update.key)?.quarantine ?? [];
  return quarantine.length === 0 ? update : { ...update, held: quarantine.map(describeHold) };
}

/** `held by ada (terminal)`, `1.2.3 ignored by ada (discord)` */
function describeHold({ kind, actor, members }: Quarantine[number]): string {
  const versions = [...new Set(members.map(({ tag }) => tag))].join(", ");
  return {
    held: `held by ${actor}`,
    declined: `${versions} ignored by ${actor}`,
    reverted: `${versions} undone by ${actor}`,
  }[kind];
}
