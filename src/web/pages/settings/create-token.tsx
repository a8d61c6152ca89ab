import { useSignal } from "@preact/signals";
import type { OperationDescription } from "../../../http/api/api-schemas.ts";
import type { View } from "../../../operations/view.ts";
import type { Arguments } from "../../client/acting/run-operation.ts";
import { useOperation } from "../../client/acting/use-operation.ts";
import { Button } from "../../parts/control/button.tsx";
import { CopyCode } from "../../parts/control/copy-code.tsx";
import { Dialog } from "../../parts/control/dialog.tsx";
import { OperationOutcome } from "../../parts/control/operation-outcome.tsx";
import { OperationForm } from "../../parts/form/operation-form.tsx";
import { ShowView } from "../../parts/view/show-view.tsx";

/** The token is shown in the answer, this once: it is kept nowhere, here neither. */
export function CreateToken({
  operation,
  onClose,
}: {
  readonly operation: OperationDescription;
  readonly onClose: () => void;
}) {
  const { state, run } = useOperation();
  const created = useSignal<View | undefined>(undefined);
  const create = async (values: Arguments): Promise<void> => {
    const { ok, view } = await run(operation.name, values);
    if (ok) created.value = view;
  };
  return (
    <Dialog
      title={created.value === undefined ? "Create a token" : "Take the token now"}
      onClose={onClose}
      actions={
        <Button look={created.value === undefined ? "plain" : "primary"} onClick={onClose}>
          {created.value === undefined ? "Cancel" : "I have taken it"}
        </Button>
      }
    >
      {created.value === undefined ? (
        <>
          <OperationForm
            operation={operation}
            submit="Create"
            isBusy={state.kind === "running"}
            onSubmit={(values) => void create(values)}
          />
          {state.kind === "done" ? <OperationOutcome state={state} /> : undefined}
        </>
      ) : (
        <Created view={created.value} />
      )}
    </Dialog>
  );
}

function Created({ view }: { readonly view: View }) {
  return (
    <div class="view" role="status">
      {view.map((part, index) =>
        part.type === "code" ? (
          <CopyCode key={index} text={part.text} label={headingBefore(view, index)} />
        ) : (
          <ShowView key={index} view={[part]} />
        ),
      )}
      <p class="soft">It is shown this once. Who has it can do what it allows, so keep it as you keep a password.</p>
    </div>
  );
}

function headingBefore(view: View, place: number): string {
  const heading = view.slice(0, place).findLast((part) => part.type === "text" && part.heading === true);
  return heading?.type === "text" ? heading.text : "Token";
}
