import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { View } from "../../../operations/view.ts";
import { firstText } from "../../client/acting/run-operation.ts";
import { toast } from "../../client/acting/toasts.ts";
import { useOperation } from "../../client/acting/use-operation.ts";
import { Button } from "../../parts/control/button.tsx";
import { Dialog } from "../../parts/control/dialog.tsx";
import { OperationOutcome } from "../../parts/control/operation-outcome.tsx";

type Choice = Extract<View[number], { readonly type: "choice" }>;

/** Shows what nothing uses; the choice in that answer removes exactly what was shown. */
export function Prune({ host, onClose }: { readonly host: string; readonly onClose: () => void }) {
  const { state, run } = useOperation();
  const isRemoving = useSignal(false);
  const look = (): void => void run("host prune", { host });
  useEffect(look, []);
  const remove = async (choice: Choice): Promise<void> => {
    isRemoving.value = true;
    const answer = await run(choice.operation, choice.arguments);
    isRemoving.value = false;
    if (!answer.ok) return;
    toast(firstText(answer));
    onClose();
  };
  const choice = state.kind === "done" ? state.view.find((part) => part.type === "choice") : undefined;
  const shown = state.kind === "done" ? { ...state, view: state.view.filter((part) => part.type !== "choice") } : state;
  return (
    <Dialog
      title={`What nothing uses on ${host}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{choice === undefined ? "Close" : "Keep it"}</Button>
          {choice?.type === "choice" || isRemoving.value ? (
            <Button
              look="danger"
              isBusy={isRemoving.value}
              onClick={() => (choice?.type === "choice" ? void remove(choice) : undefined)}
            >
              {choice?.type === "choice" ? choice.text : "Removing"}
            </Button>
          ) : undefined}
        </>
      }
    >
      <OperationOutcome state={shown} />
    </Dialog>
  );
}
