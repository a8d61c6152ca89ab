import { useEffect } from "preact/hooks";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { useOperation } from "../../../client/acting/use-operation.ts";
import { mayRun } from "../../../client/resources/operations.ts";
import { OperationOutcome } from "../../../parts/control/operation-outcome.tsx";

const operation = "update diff";

/** What would be committed, as a diff. */
export function Changes({ reference: { key } }: { readonly reference: Reference }) {
  const { state, run } = useOperation();
  const isKnown = mayRun(operation);
  useEffect(() => {
    if (isKnown) void run(operation, { reference: key });
  }, [isKnown, key]);
  if (!isKnown) return null;
  return (
    <section class="details-part">
      <h3>What would be committed</h3>
      <OperationOutcome state={state} isQuiet />
    </section>
  );
}
