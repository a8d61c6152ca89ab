import type { QueueEntry } from "../../../http/api/api-schemas.ts";
import type { Tone } from "../../../operations/view.ts";
import { confirmOperation } from "../../client/acting/confirm-operation.ts";
import { toast } from "../../client/acting/toasts.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { queue } from "../../client/resources/updates.ts";
import { Button } from "../../parts/control/button.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { type Column, Table } from "../../parts/layout/table.tsx";
import { Badge } from "../../parts/text/badge.tsx";
import { Countdown } from "../../parts/text/countdown.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";
import { Change } from "./change.tsx";

const waits: Readonly<Record<QueueEntry["wait"]["kind"], { readonly words: string; readonly tone: Tone }>> = {
  ready: { words: "goes next", tone: "good" },
  throttle: { words: "throttled", tone: "quiet" },
  cooldown: { words: "cooldown", tone: "quiet" },
  window: { words: "delivery window", tone: "quiet" },
  "back-off": { words: "tries again", tone: "warning" },
  "limit-zero": { words: "never", tone: "bad" },
  "too-large": { words: "never", tone: "bad" },
  behind: { words: "behind others", tone: "quiet" },
};

/** What is on its way, by source, in the order in which it goes. */
export function Waiting({ entries }: { readonly entries: readonly QueueEntry[] }) {
  if (entries.length === 0)
    return (
      <Empty icon="check" title="Nothing waits">
        What is decided or approved goes out at once, unless a throttle, a cooldown or a delivery window says later.
      </Empty>
    );
  const sources = [...Map.groupBy(entries, ({ source }) => source)];
  const columns: readonly Column<QueueEntry>[] = [
    { title: "Update", kind: "name", show: (entry) => <Change {...entry} /> },
    { title: "Waits for", show: (entry) => <Wait entry={entry} /> },
    { title: "In the queue", show: ({ queuedMs, cause }) => <Since atMs={queuedMs} cause={cause} /> },
    ...(mayRun("update hold")
      ? [
          {
            title: "Actions",
            kind: "actions" as const,
            show: (entry: QueueEntry) => (
              <Button
                isSmall
                icon="hold"
                onClick={() => askToHold(entry)}
                more={{ "aria-label": `Hold ${entry.name}` }}
              >
                Hold
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      {sources.map(([source, some]) => (
        <div key={source} class="by-source">
          <h3 class="source-name">
            <Words>{source}</Words> <span class="count">{some.length}</span>
          </h3>
          <div class="card queue-table">
            <Table caption={`Waiting in ${source}`} columns={columns} rows={some} keyOf={({ key }) => key} />
          </div>
        </div>
      ))}
    </>
  );
}

function askToHold({ key, name, source }: QueueEntry): void {
  confirmOperation({
    title: `Hold ${name}`,
    operation: "update hold",
    values: { reference: key },
    about: `The update of ${name} in ${source} leaves the queue, and no other one goes out until the hold is lifted.`,
    onAnswer: () => {
      toast(`${name} is held until the hold is lifted`);
      void queue.refresh();
    },
  });
}

function Wait({ entry: { wait, attempts, lastError } }: { readonly entry: QueueEntry }) {
  const { kind, text, untilMs } = wait;
  const { words, tone } = waits[kind];
  return (
    <div class="stack">
      <span>
        <Badge tone={tone}>{words}</Badge> {untilMs === undefined ? undefined : <Countdown untilMs={untilMs} />}
      </span>
      <span class="soft">{text}</span>
      {attempts === 0 ? undefined : (
        <span class="text-bad">
          {attempts === 1 ? "1 try failed" : `${attempts} tries failed`}
          {lastError === undefined ? undefined : (
            <>
              : <Words>{lastError}</Words>
            </>
          )}
        </span>
      )}
    </div>
  );
}

function Since({ atMs, cause }: { readonly atMs: number; readonly cause: string }) {
  return (
    <div class="stack">
      <Time atMs={atMs} />
      <span class="soft">by {cause}</span>
    </div>
  );
}
