import type { DeadLetter } from "../../../http/api/api-schemas.ts";
import { confirmOperation } from "../../client/acting/confirm-operation.ts";
import { actOn, busyKeys } from "../../client/acting/outcomes.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { Button } from "../../parts/control/button.tsx";
import { Icon } from "../../parts/control/icon.tsx";
import { PageLink } from "../../parts/control/link.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";

/** An update that failed for good: to be tried again, or dropped. */
export function LetterItem({ letter }: { readonly letter: DeadLetter }) {
  const { key, name = key, reason, attempts, atMs } = letter;
  const values = { reference: key };
  return (
    <li class="need">
      <span class="need-icon tone-bad">
        <Icon name="alert" />
      </span>
      <div class="need-text">
        <p class="need-title">
          <PageLink to="queue" class="need-name">
            <Words>{name}</Words>
          </PageLink>{" "}
          could not be delivered
        </p>
        <p>{reason}</p>
        <p class="need-about">
          {attempts === undefined
            ? "dead letter"
            : `dead letter after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`}
          {atMs === undefined ? undefined : (
            <>
              , <Time atMs={atMs} />
            </>
          )}
        </p>
      </div>
      <div class="need-actions">
        {mayRun("replaydeadletters") ? (
          <Button
            isSmall
            icon="again"
            isBusy={busyKeys.value.has(key)}
            onClick={() => void actOn({ key, name }, "replaydeadletters", values)}
            more={{ "aria-label": `Try again: ${name}` }}
          >
            Try again
          </Button>
        ) : undefined}
        {mayRun("cleardeadletters") ? (
          <Button
            isSmall
            look="bare"
            icon="close"
            onClick={() =>
              confirmOperation({
                title: "Drop it",
                about: `${name} is not tried again. The next scan may propose it anew.`,
                operation: "cleardeadletters",
                values,
                isDanger: true,
              })
            }
            more={{ "aria-label": `Drop ${name}` }}
          >
            Drop
          </Button>
        ) : undefined}
      </div>
    </li>
  );
}
