import { useLayoutEffect, useRef } from "preact/hooks";
import type { OperationState } from "../../client/acting/use-operation.ts";
import { Failed } from "../layout/failed.tsx";
import { ShowView } from "../view/show-view.tsx";

/** How far an operation is, and then what it answered. */
export function OperationOutcome({
  state,
  isQuiet = false,
}: {
  readonly state: OperationState;
  /** Nobody has asked for it with a click: it is not read out by itself. */
  readonly isQuiet?: boolean;
}) {
  const said = state.kind === "idle" ? [] : (state.said ?? []);
  return (
    <>
      <div class="outcome" aria-live={isQuiet ? "off" : "polite"}>
        {state.kind === "running" ? (
          <>
            <p class="running">
              <span class="spinner" /> {state.status ?? "Working"}
            </p>
            <ShowView view={state.parts} />
          </>
        ) : undefined}
        {state.kind === "done" && state.view.length > 0 ? <ShowView view={state.view} /> : undefined}
        {state.kind === "done" && state.view.length === 0 && state.failure !== undefined ? (
          <Failed failure={state.failure} />
        ) : undefined}
      </div>
      {said.length > 1 ? <Said lines={said} isRunning={state.kind === "running"} /> : undefined}
    </>
  );
}

/** All that it said on the way, as compose does; its end is in sight. */
function Said({ lines, isRunning }: { readonly lines: readonly string[]; readonly isRunning: boolean }) {
  const box = useRef<HTMLPreElement | null>(null);
  useLayoutEffect(() => box.current?.scrollTo({ top: box.current.scrollHeight }), [lines]);
  return (
    <details class="said" open={isRunning}>
      <summary>What it said</summary>
      <pre ref={box} class="code log" tabIndex={0} role="group" aria-label="What it said">
        {lines.join("\n")}
      </pre>
    </details>
  );
}
