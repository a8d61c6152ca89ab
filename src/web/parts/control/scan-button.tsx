import { useSignal } from "@preact/signals";
import { firstText, runOperation } from "../../client/acting/run-operation.ts";
import { toast } from "../../client/acting/toasts.ts";
import { useResource } from "../../client/api/resource.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { sources } from "../../client/resources/sources.ts";
import { Button } from "./button.tsx";

/** Scans one source now, or all. */
export function ScanButton({ source }: { readonly source?: string }) {
  const isBusy = useSignal(false);
  const loaded = useResource(sources);
  const isRunning =
    loaded.kind === "ready" &&
    loaded.value.sources.some(({ id, nextScan }) => nextScan === "running" && (source === undefined || source === id));
  if (!mayRun("scan")) return null;
  const scan = async (): Promise<void> => {
    isBusy.value = true;
    const ended = runOperation("scan", source === undefined ? {} : { source });
    setTimeout(() => void sources.refresh(), 300);
    const answer = await ended;
    isBusy.value = false;
    void sources.refresh();
    if (!answer.ok) toast(firstText(answer), "bad", answer.failure?.hint);
  };
  return (
    <Button
      icon="again"
      isSmall={source !== undefined}
      isBusy={isBusy.value || isRunning}
      onClick={() => void scan()}
      {...(source === undefined ? {} : { more: { "aria-label": `Scan ${source} now` } })}
    >
      {isBusy.value || isRunning ? "Scanning" : source === undefined ? "Scan now" : "Scan"}
    </Button>
  );
}
