import { cutMiddle } from "./layout-table.ts";
import type { Terminal } from "./terminal.ts";

/** One line on a terminal that is drawn over while work goes on, and gone when it is done. */
export interface ProgressLine extends Disposable {
  show(text: string): void;
  /** Makes room at once for what is printed. */
  clear(): void;
}

const redrawMs = 80;

export function openProgressLine(terminal: Terminal, isQuiet: boolean): ProgressLine {
  if (!terminal.isLive || isQuiet)
    return { show: () => undefined, clear: () => undefined, [Symbol.dispose]: () => undefined };
  let latest = "";
  let drawn = "";
  const draw = () => {
    if (latest === drawn) return;
    drawn = latest;
    process.stderr.write(`\r\u001b[K${cutMiddle(latest, (process.stderr.columns ?? 80) - 1)}`);
  };
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  return {
    show(text) {
      latest = text;
    },
    clear() {
      latest = "";
      draw();
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      if (drawn !== "") process.stderr.write("\r\u001b[K");
    },
  };
}
