import type { RequestEvent } from "../registries/request-event.ts";
import type { ScanProgress } from "../updates/scan-source.ts";
import { printable } from "./printable.ts";
import { openProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

interface ScanProgressLine extends Disposable {
  readonly onScan: (progress: ScanProgress) => void;
  readonly onRequest: (event: RequestEvent) => void;
}

/** `12 files, 34 of 120 images decided; waiting for ghcr.io (18), docker.io asks for 30 s` */
export function openScanProgress(terminal: Terminal, isQuiet: boolean): ScanProgressLine {
  const line = openProgressLine(terminal, isQuiet);
  const registries = new Map<string, Pick<RequestEvent, "waiting" | "pausedSeconds">>();
  let scanned: ScanProgress = { files: 0, references: 0, decided: 0 };
  const show = () => line.show(describeProgress(scanned, registries));
  line.show("reading files");
  return {
    onScan(progress) {
      scanned = progress;
      show();
    },
    onRequest({ domain, waiting, pausedSeconds }) {
      registries.set(domain, { waiting, pausedSeconds });
      show();
    },
    [Symbol.dispose]: () => line[Symbol.dispose](),
  };
}

export function describeProgress(
  { files, references, decided }: ScanProgress,
  registries: ReadonlyMap<string, Pick<RequestEvent, "waiting" | "pausedSeconds">>,
): string {
  const waiting = [...registries].flatMap(([domain, { waiting, pausedSeconds }]) => {
    if (pausedSeconds > 0) return [`${domain} (it asks for ${Math.ceil(pausedSeconds)} s of rest)`];
    return waiting > 0 ? [`${domain} (${waiting})`] : [];
  });
  const where = waiting.length === 0 ? "" : `; waiting for ${waiting.join(", ")}`;
  return printable(`${files} ${files === 1 ? "file" : "files"}, ${decided} of ${references} images decided${where}`);
}
