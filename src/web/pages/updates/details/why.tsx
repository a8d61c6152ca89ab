import type { Reference } from "../../../../http/api/api-schemas.ts";
import { useOperation } from "../../../client/acting/use-operation.ts";
import { Button } from "../../../parts/control/button.tsx";
import { OperationOutcome } from "../../../parts/control/operation-outcome.tsx";

/** All that led to the verdict. It is decided anew, and may ask registries: so only when somebody wants to know. */
export function Why({ reference: { id, source } }: { readonly reference: Reference }) {
  const { state, run } = useOperation();
  return (
    <section class="details-part">
      <h3>Why</h3>
      {state.kind === "idle" ? (
        <Button isSmall icon="question" onClick={() => void run("why", { reference: id, source })}>
          Show all facts behind the verdict
        </Button>
      ) : (
        <OperationOutcome state={state} />
      )}
    </section>
  );
}
