import type { ViewPart } from "../../../operations/view.ts";
import { confirmOperation } from "../../client/acting/confirm-operation.ts";
import { describedOperation, mayRun } from "../../client/resources/operations.ts";
import { Button } from "../control/button.tsx";

/** An operation that can be run next; not offered to who may not. */
export function Choice({ choice }: { readonly choice: Extract<ViewPart, { type: "choice" }> }) {
  const { text, operation, tone } = choice;
  if (!mayRun(operation)) return null;
  const isDanger = tone === "bad";
  const isRunAtOnce = describedOperation(operation)?.access === "read";
  return (
    <Button
      isSmall
      look={isDanger ? "danger" : "plain"}
      onClick={() => confirmOperation({ title: text, operation, values: choice.arguments, isDanger, isRunAtOnce })}
    >
      {text}
    </Button>
  );
}
