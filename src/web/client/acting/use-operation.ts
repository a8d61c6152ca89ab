import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Answer, type Arguments, type Running, runOperation } from "./run-operation.ts";

export type OperationState =
  | { readonly kind: "idle" }
  | ({ readonly kind: "running" } & Running)
  | ({ readonly kind: "done" } & Answer);

export interface UsedOperation {
  readonly state: OperationState;
  readonly run: (name: string, values: Arguments) => Promise<Answer>;
  readonly cancel: () => void;
  /** Back to `idle`. */
  readonly clear: () => void;
}

/** One operation at a time, for a part of the page; it is cancelled when that goes away. */
export function useOperation(): UsedOperation {
  const state = useSignal<OperationState>({ kind: "idle" });
  const current = useRef<AbortController | undefined>(undefined);
  const cancel = (): void => current.current?.abort();
  useEffect(() => cancel, []);
  return {
    state: state.value,
    cancel,
    clear: () => {
      cancel();
      state.value = { kind: "idle" };
    },
    run: async (name, values) => {
      cancel();
      const mine = new AbortController();
      current.current = mine;
      state.value = { kind: "running", said: [], parts: [] };
      const answer = await runOperation(name, values, {
        signal: mine.signal,
        onProgress: (running) => {
          if (current.current === mine) state.value = { kind: "running", ...running };
        },
      });
      if (current.current === mine && !mine.signal.aborted) state.value = { kind: "done", ...answer };
      return answer;
    },
  };
}
