import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { DeadLetter } from "../../../http/api/api-schemas.ts";
import { firstText, runOperation } from "../../client/acting/run-operation.ts";
import { toast } from "../../client/acting/toasts.ts";
import { deadLetters } from "../../client/resources/updates.ts";
import { Button } from "../../parts/control/button.tsx";
import { Dialog } from "../../parts/control/dialog.tsx";
import { Change } from "./change.tsx";
import { type EachOutcome, runEach } from "./run-each.ts";

export type LetterAction = "replay" | "drop";

const words = {
  replay: {
    operation: "replaydeadletters",
    button: "Replay",
    done: "queued again",
    about: "goes into the queue again, with all its tries, and is checked anew before it is committed:",
    aboutMany: "go into the queue again, with all their tries, and are checked anew before they are committed:",
  },
  drop: {
    operation: "cleardeadletters",
    button: "Drop",
    done: "dropped",
    about: "is forgotten. Its references stay as they are until the next scan finds something newer:",
    aboutMany: "are forgotten. Their references stay as they are until the next scan finds something newer:",
  },
} as const;

/** Names each dead letter that something is about to be done with, and then what became of each. */
export function ConfirmLetters({
  action,
  letters,
  onClose,
}: {
  readonly action: LetterAction;
  readonly letters: readonly DeadLetter[];
  readonly onClose: () => void;
}) {
  const { operation, button, done, about, aboutMany } = words[action];
  const outcomes = useSignal<readonly EachOutcome[] | undefined>(undefined);
  const ending = useRef(new AbortController());
  useEffect(() => () => ending.current.abort(), []);
  const isRunning = outcomes.value !== undefined && outcomes.value.length < letters.length;
  const failed = outcomes.value?.filter(({ answer }) => !answer.ok) ?? [];
  const count = letters.length === 1 ? "1 dead letter" : `${letters.length} dead letters`;

  const start = async (): Promise<void> => {
    const { signal } = ending.current;
    outcomes.value = [];
    const keys = letters.map(({ key }) => key);
    const all = await runEach(
      keys,
      (values) => runOperation(operation, values, { signal }),
      signal,
      (some) => {
        outcomes.value = some;
      },
    );
    void deadLetters.refresh();
    if (signal.aborted || all.some(({ answer }) => !answer.ok)) return;
    toast(`${count} ${done}`);
    onClose();
  };
  return (
    <Dialog
      title={`${button} ${count}`}
      onClose={onClose}
      actions={
        failed.length > 0 && !isRunning ? (
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look={action === "drop" ? "danger" : "primary"} isBusy={isRunning} onClick={() => void start()}>
              {`${button} ${count}`}
            </Button>
          </>
        )
      }
    >
      <p>{letters.length === 1 ? `This ${about}` : `These ${aboutMany}`}</p>
      <ul class="letter-list">
        {letters.map((letter) => (
          <li key={letter.key}>
            <Change name={letter.name ?? letter.key} size={letter.size} members={letter.members ?? []} />
            <div class="soft">{letter.source}</div>
            <Outcome outcome={outcomes.value?.find(({ key }) => key === letter.key)} done={done} />
          </li>
        ))}
      </ul>
      <p role="status" class="unseen">
        {outcomes.value === undefined ? "" : `${outcomes.value.length} of ${letters.length}, ${failed.length} failed`}
      </p>
    </Dialog>
  );
}

function Outcome({ outcome, done }: { readonly outcome: EachOutcome | undefined; readonly done: string }) {
  if (outcome === undefined) return null;
  const { answer } = outcome;
  return <div class={answer.ok ? "text-good" : "text-bad"}>{answer.ok ? done : firstText(answer)}</div>;
}
