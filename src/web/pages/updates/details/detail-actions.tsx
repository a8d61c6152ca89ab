import type { Reference } from "../../../../http/api/api-schemas.ts";
import { argumentsOf, describedActions, possibleActions } from "../../../client/acting/actions.ts";
import { actOn, busyKeys } from "../../../client/acting/outcomes.ts";
import { mayRun } from "../../../client/resources/operations.ts";
import { Button } from "../../../parts/control/button.tsx";

export function DetailActions({ reference }: { readonly reference: Reference }) {
  const { key, name, update } = reference;
  const isBusy = busyKeys.value.has(key);
  const offered = possibleActions(reference).filter((action) => mayRun(describedActions[action].operation));
  return (
    <>
      {offered.toReversed().map((action) => {
        const { text, icon, about, operation } = describedActions[action];
        return (
          <Button
            key={action}
            icon={icon}
            look={action === "push" ? "primary" : "plain"}
            title={about}
            isBusy={isBusy}
            onClick={() =>
              void actOn({ key, name }, operation, argumentsOf(action, { key, question: update?.question }))
            }
          >
            {text}
          </Button>
        );
      })}
    </>
  );
}
