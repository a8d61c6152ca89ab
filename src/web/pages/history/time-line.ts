import type { LoggedEvent } from "../../../http/api/api-schemas.ts";

/** What happened, as a line of the time line: a commit with all that it brought and its pipelines, or one event. */
export type TimeLineItem =
  | { readonly kind: "event"; readonly atMs: number; readonly position: number; readonly event: LoggedEvent }
  | {
      readonly kind: "commit";
      readonly atMs: number;
      readonly position: number;
      readonly commit: string;
      /** What it brought, oldest first. */
      readonly delivered: readonly LoggedEvent[];
      /** The latest word of each pipeline. */
      readonly pipelines: readonly LoggedEvent[];
    };

/** Newest first. A commit stands where it was made; its pipelines do not move it. */
export function timeLine(events: readonly LoggedEvent[]): readonly TimeLineItem[] {
  const ofCommit = Map.groupBy(events.filter(isOfCommit), commitKey);
  const items = events.flatMap((event): readonly TimeLineItem[] => {
    const { atMs, position, commit } = event;
    if (commit === undefined || !isOfCommit(event)) return [{ kind: "event", atMs, position, event }];
    const family = ofCommit.get(commitKey(event)) ?? [];
    const delivered = family.filter(({ kind }) => kind === "delivered");
    const pipelines = latestOfEach(family.filter(isPipeline));
    if (delivered[0] === event) return [{ kind: "commit", atMs, position, commit, delivered, pipelines }];
    // Its commit is on a page that was not read yet.
    return delivered.length === 0 && pipelines.includes(event) ? [{ kind: "event", atMs, position, event }] : [];
  });
  return items.toReversed();
}

function isOfCommit(event: LoggedEvent): boolean {
  return event.commit !== undefined && (event.kind === "delivered" || isPipeline(event));
}

function isPipeline({ kind }: { readonly kind: string }): boolean {
  return kind === "pipeline";
}

function commitKey({ source, commit }: LoggedEvent): string {
  return `${source ?? ""} ${commit ?? ""}`;
}

function latestOfEach(pipelines: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const latest = new Map(
    pipelines.map((event) => [event.link ?? `${event.facts?.project} ${event.facts?.ref}`, event]),
  );
  return [...latest.values()];
}
