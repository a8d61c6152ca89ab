import { z } from "zod";
import type { WaitingEntry } from "../../delivery/delivery.ts";
import { defineOperation } from "../operation.ts";
import { plural } from "../plural.ts";
import { describeVersions, targetName } from "../updates/describe-update.ts";
import type { Tone, View, ViewCell } from "../view.ts";

const waitTones: Readonly<Partial<Record<WaitingEntry["wait"]["kind"], Tone>>> = {
  ready: "good",
  "back-off": "warning",
  "limit-zero": "bad",
  "too-large": "bad",
};

export const queue = defineOperation({
  name: "queue",
  summary: "list what waits to be delivered, for what, and until when",
  arguments: z.strictObject({}),
  positional: [],
  access: "read",
  deadlineSeconds: 30,
  async run({ talos }) {
    const entries = await talos.delivery.queue();
    if (entries.length === 0) return [{ type: "text", text: "nothing waits to be delivered", tone: "quiet" }];
    const bySource = Map.groupBy(entries, ({ entry }) => entry.update.source);
    const summary = { type: "text", text: `${plural(entries.length, "update")} in the queue` } as const;
    return [summary, ...[...bySource].flatMap(([source, waiting]) => describeSource(source, waiting))];
  },
});

function describeSource(source: string, entries: readonly WaitingEntry[]): View {
  const columns = ["what", "change", "since", "until", "waits for"];
  return [
    { type: "text", heading: true, text: source },
    { type: "table", columns, rows: entries.map(describeEntry) },
  ];
}

function describeEntry({ entry, wait }: WaitingEntry): readonly ViewCell[] {
  return [
    targetName(entry.update),
    describeVersions(entry.update),
    { atMs: entry.queuedMs },
    wait.untilMs === undefined ? "" : { atMs: wait.untilMs },
    describeWait({ entry, wait }),
  ];
}

/** Why it waits, and after a failure what that was. */
export function describeWait({ entry, wait }: Pick<WaitingEntry, "entry" | "wait">): ViewCell {
  const failed = entry.lastError === undefined ? "" : ` (try ${entry.attempts + 1}; ${entry.lastError})`;
  const text = `${wait.text}${failed}`;
  const tone = waitTones[wait.kind];
  return tone === undefined ? text : { text, tone };
}
