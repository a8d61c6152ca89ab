import { useEffect } from "preact/hooks";
import { type Confirmation, closeConfirmation, confirmation } from "../client/acting/confirm-operation.ts";
import { useOperation } from "../client/acting/use-operation.ts";
import { Button } from "../parts/control/button.tsx";
import { Dialog } from "../parts/control/dialog.tsx";
import { OperationOutcome } from "../parts/control/operation-outcome.tsx";

/** Once on the page: what `confirmOperation` opens. */
export function ConfirmationPlace() {
  const asked = confirmation.value;
  return asked === undefined ? null : <ConfirmationDialog key={asked.id} asked={asked} />;
}

function ConfirmationDialog({ asked }: { readonly asked: Confirmation }) {
  const used = useOperation();
  const isRunning = used.state.kind === "running";
  const start = async (): Promise<void> => {
    const { ok, view } = await used.run(asked.operation, asked.values);
    if (!ok || asked.onAnswer === undefined) return;
    closeConfirmation();
    asked.onAnswer(view);
  };
  useEffect(() => {
    if (asked.isRunAtOnce === true) void start();
  }, []);
  const actions =
    used.state.kind === "done" ? (
      <Button look="primary" onClick={closeConfirmation}>
        Close
      </Button>
    ) : (
      <>
        <Button onClick={closeConfirmation}>Cancel</Button>
        <Button look={asked.isDanger === true ? "danger" : "primary"} isBusy={isRunning} onClick={() => void start()}>
          {asked.title}
        </Button>
      </>
    );
  return (
    <Dialog title={asked.title} actions={actions} onClose={closeConfirmation}>
      {used.state.kind === "idle" ? <About asked={asked} /> : <OperationOutcome state={used.state} />}
    </Dialog>
  );
}

function About({ asked: { about, operation, values } }: { readonly asked: Confirmation }) {
  if (about !== undefined) return <p>{about}</p>;
  return (
    <>
      <p>
        Runs <code>{operation}</code> with:
      </p>
      <dl class="fields">
        {Object.entries(values).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
