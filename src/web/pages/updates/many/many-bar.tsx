import { type Signal, useSignal } from "@preact/signals";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { type Action, actions, describedActions } from "../../../client/acting/actions.ts";
import { mayRun } from "../../../client/resources/operations.ts";
import { identityOf } from "../../../client/resources/references.ts";
import { Button } from "../../../parts/control/button.tsx";
import { nothingSelected, type Selection } from "../list/selection.ts";
import { ManyDialog } from "./many-dialog.tsx";
import { planMany } from "./plan-many.ts";

/** What can be done about all that is selected. */
export function ManyBar({
  all,
  shown,
  selection,
}: {
  readonly all: readonly Reference[];
  readonly shown: readonly Reference[];
  readonly selection: Signal<Selection>;
}) {
  const chosen = useSignal<Action | undefined>(undefined);
  const { ids } = selection.value;
  const selected = ids.size === 0 ? [] : all.filter((reference) => ids.has(identityOf(reference)));
  const inSight = ids.size === 0 ? 0 : shown.filter((reference) => ids.has(identityOf(reference))).length;
  const hidden = selected.length - inSight;
  return (
    <>
      <div class="many" role="region" aria-label="Selection" hidden={selected.length === 0}>
        <p class="many-count" role="status">
          {selected.length === 0 ? undefined : `${selected.length} selected`}
          {hidden === 0 ? undefined : <span class="soft">, {hidden} of them not shown</span>}
        </p>
        {actions
          .filter((action) => mayRun(describedActions[action].operation))
          .map((action) => (
            <ManyButton key={action} action={action} selected={selected} onChoose={() => (chosen.value = action)} />
          ))}
        <Button look="bare" icon="close" isIconOnly isSmall onClick={() => (selection.value = nothingSelected)}>
          Clear the selection
        </Button>
      </div>
      {chosen.value === undefined ? undefined : (
        <ManyDialog
          action={chosen.value}
          selected={selected}
          onClose={(isDone) => {
            chosen.value = undefined;
            if (isDone) selection.value = nothingSelected;
          }}
        />
      )}
    </>
  );
}

function ManyButton({
  action,
  selected,
  onChoose,
}: {
  readonly action: Action;
  readonly selected: readonly Reference[];
  readonly onChoose: () => void;
}) {
  const { text, icon, about } = describedActions[action];
  const count = planMany(action, selected).length;
  return (
    <Button icon={icon} isSmall isDisabled={count === 0} title={`${text}: ${about}`} onClick={onChoose}>
      {text} <span class="count">{count}</span>
    </Button>
  );
}
