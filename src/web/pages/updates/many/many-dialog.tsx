import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { type Action, describedActions } from "../../../client/acting/actions.ts";
import { Button } from "../../../parts/control/button.tsx";
import { Dialog } from "../../../parts/control/dialog.tsx";
import { Icon } from "../../../parts/control/icon.tsx";
import { Words } from "../../../parts/text/words.tsx";
import { planMany, type Task } from "./plan-many.ts";
import { type Outcome, runMany } from "./run-many.ts";

const drawMs = 100;

type State = "asking" | "running" | "done";

/** Asks, does it for one after the other, and shows what became of each. */
export function ManyDialog({
  action,
  selected,
  onClose,
}: {
  readonly action: Action;
  readonly selected: readonly Reference[];
  readonly onClose: (isDone: boolean) => void;
}) {
  const { text, about, operation } = describedActions[action];
  // What was selected when the dialog was opened: what is done changes what could be done.
  const tasks = useMemo(() => planMany(action, selected), []);
  const state = useSignal<State>("asking");
  const outcomes = useSignal<ReadonlyMap<string, Outcome>>(new Map());
  const stopped = useMemo(() => new AbortController(), []);
  useEffect(() => () => stopped.abort(), []);
  const start = async (): Promise<void> => {
    state.value = "running";
    const known = new Map<string, Outcome>();
    // Thousands of outcomes come quickly, and each would draw thousands of lines.
    const timer = setInterval(() => (outcomes.value = new Map(known)), drawMs);
    const onOutcome = (key: string, outcome: Outcome): void => void known.set(key, outcome);
    await runMany(operation, tasks, { signal: stopped.signal, onOutcome });
    clearInterval(timer);
    outcomes.value = known;
    state.value = "done";
  };
  const close = (): void => {
    stopped.abort();
    onClose(state.value === "done");
  };
  return (
    <Dialog
      title={`${text} ${tasks.length === 1 ? "1 update" : `${tasks.length} updates`}`}
      onClose={close}
      actions={
        <Actions
          state={state.value}
          text={text}
          onStart={() => void start()}
          onStop={() => stopped.abort()}
          onClose={close}
        />
      }
    >
      {state.value === "asking" ? <p>Each of these: {about}.</p> : undefined}
      {state.value === "asking" ? undefined : (
        <Progress total={tasks.length} outcomes={outcomes.value} isDone={state.value === "done"} />
      )}
      <ul class="many-list" tabIndex={0} aria-label="Updates">
        {tasks.map((task) => (
          <TaskLine key={task.key} task={task} outcome={outcomes.value.get(task.key)} />
        ))}
      </ul>
    </Dialog>
  );
}

function Actions({
  state,
  text,
  onStart,
  onStop,
  onClose,
}: {
  readonly state: State;
  readonly text: string;
  readonly onStart: () => void;
  readonly onStop: () => void;
  readonly onClose: () => void;
}) {
  if (state === "running") return <Button onClick={onStop}>Stop</Button>;
  if (state === "done")
    return (
      <Button look="primary" onClick={onClose}>
        Close
      </Button>
    );
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="primary" onClick={onStart}>
        {text}
      </Button>
    </>
  );
}

function Progress({
  total,
  outcomes,
  isDone,
}: {
  readonly total: number;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly isDone: boolean;
}) {
  const failed = [...outcomes.values()].filter(({ ok }) => !ok).length;
  const left = total - outcomes.size;
  const words = [
    `${outcomes.size - failed} done`,
    ...(failed > 0 ? [`${failed} not`] : []),
    ...(isDone && left > 0 ? [`${left} not begun`] : []),
  ];
  return (
    <div class="many-progress">
      <progress max={total} value={outcomes.size} aria-label="Progress" />
      <p role="status">{isDone ? words.join(", ") : `${outcomes.size} of ${total}`}</p>
    </div>
  );
}

function TaskLine({ task: { name }, outcome }: { readonly task: Task; readonly outcome: Outcome | undefined }) {
  return (
    <li>
      <span class="many-name">
        <Words>{name}</Words>
      </span>
      {outcome === undefined ? undefined : (
        <span class={outcome.ok ? "text-good" : "text-bad"}>
          <Icon name={outcome.ok ? "check" : "alert"} /> {outcome.text}
        </span>
      )}
    </li>
  );
}
