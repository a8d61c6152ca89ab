import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../../parts/control/button.tsx";
import { Badge } from "../../../parts/text/badge.tsx";
import { FindBar } from "./find-bar.tsx";
import { findInLog } from "./find-in-log.ts";
import type { FollowState } from "./follow-log.ts";
import { LogLines } from "./log-lines.tsx";
import { type UsedLog, useLog } from "./use-log.ts";

/** Nearer to the end than this, the reader wants to see what comes. */
const nearPixels = 24;

/** What a container writes, as it writes it. */
export function LogView({
  host,
  container,
  isRunning,
}: {
  readonly host: string;
  readonly container: string;
  /** As the engine said last. */
  readonly isRunning: boolean;
}) {
  const used = useLog(host, container, isRunning);
  const { log, state } = used;
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const isWrapped = useSignal(true);
  const words = useSignal("");
  const current = useSignal<number | undefined>(undefined);
  const matches = findInLog(log.lines, words.value);

  const jumpToEnd = (): void => {
    isAtEnd.value = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (isAtEnd.peek()) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [log, isWrapped.value]);
  const goTo = (id: number | undefined): void => {
    current.value = id;
    if (id === undefined) return;
    isAtEnd.value = false;
    box.current?.querySelector(`[data-line="${id}"]`)?.scrollIntoView({ block: "center" });
  };
  return (
    <div class="log-view">
      <div class="log-bar">
        <State used={used} />
        <FindBar words={words} current={current.value} matches={matches} goTo={goTo} />
        <span class="row-actions">
          <Button isSmall icon={used.isPaused ? "go" : "hold"} onClick={used.isPaused ? used.resume : used.pause}>
            {used.isPaused ? resumeWords(used.waiting) : "Pause"}
          </Button>
          <Button
            isSmall
            onClick={() => (isWrapped.value = !isWrapped.value)}
            more={{ "aria-pressed": isWrapped.value }}
          >
            Wrap
          </Button>
          <Button isSmall onClick={used.clear}>
            Clear
          </Button>
        </span>
      </div>
      <div class="log-place">
        <div
          ref={box}
          class={isWrapped.value ? "log-box log-wrapped" : "log-box"}
          role="log"
          aria-live="off"
          aria-label={`Log of ${container} on ${host}`}
          tabIndex={0}
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            isAtEnd.value = scrollHeight - scrollTop - clientHeight < nearPixels;
          }}
        >
          {log.dropped > 0 ? <p class="log-note">{log.dropped} earlier lines are not kept here.</p> : undefined}
          {log.lines.length === 0 && state.kind === "following" ? (
            <p class="log-note">It has written nothing yet.</p>
          ) : undefined}
          <LogLines lines={log.lines} words={words.value} current={current.value} />
        </div>
        {isAtEnd.value ? undefined : (
          <div class="log-jump">
            <Button isSmall icon="down" look="primary" onClick={jumpToEnd}>
              Jump to the end
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function resumeWords(waiting: number): string {
  if (waiting === 0) return "Resume";
  return `Resume, ${waiting} new ${waiting === 1 ? "line" : "lines"}`;
}

function State({ used: { state, isPaused, followAgain } }: { readonly used: UsedLog }) {
  const { tone, words } = describeState(state, isPaused);
  return (
    <div class="log-state" role="status">
      <Badge tone={tone}>{words}</Badge>
      {state.kind === "lost" || state.kind === "refused" ? (
        <span class="soft">{state.failure.detail ?? state.failure.title}</span>
      ) : undefined}
      {state.kind === "ended" || state.kind === "refused" ? (
        <Button isSmall icon="again" onClick={followAgain}>
          Follow again
        </Button>
      ) : undefined}
    </div>
  );
}

function describeState(state: FollowState, isPaused: boolean) {
  switch (state.kind) {
    case "connecting":
      return { tone: "quiet", words: "connecting" } as const;
    case "following":
      return isPaused ? ({ tone: "warning", words: "paused" } as const) : ({ tone: "good", words: "live" } as const);
    case "lost":
      return { tone: "warning", words: "trying again" } as const;
    case "ended":
      return { tone: "quiet", words: "the container writes no more" } as const;
    case "refused":
      return { tone: "bad", words: "not shown" } as const;
  }
}
