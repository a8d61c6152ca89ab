import type { ComposeRequest } from "../../hosts/compose-project.ts";
import type { Host } from "../../hosts/hosts.ts";
import { readableLine } from "../containers/readable-line.ts";
import type { Progress } from "../operation.ts";

/** Less than who cancelled is kept waiting. */
const graceMs = 500;

/** Shows what compose says. Of compose that is cut short not even the end is waited for, should it take its time. */
export async function* followCompose(
  host: Host,
  request: ComposeRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress, "done" | "cut-short"> {
  const lines = host.compose(request, signal);
  using cut = cutShort(signal);
  try {
    for (;;) {
      const step = await Promise.race([lines.next(), cut.promise]);
      if (step === "cut-short") return step;
      if (step.done === true) return "done";
      const text = readableLine(step.value).trim();
      if (text !== "") yield { kind: "status", text };
    }
  } catch (error) {
    if (signal.aborted) return "cut-short";
    throw error;
  } finally {
    lines.return().catch(() => undefined);
  }
}

/** Resolves a little after the signal aborts. */
function cutShort(signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<"cut-short">();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    timer = setTimeout(() => resolve("cut-short"), graceMs);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    promise,
    [Symbol.dispose]() {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(timer);
    },
  };
}
