import type { Reference } from "../../../../http/api/api-schemas.ts";
import { argumentsOf, describedActions, rowActions } from "../../../client/acting/actions.ts";
import { actOn, busyKeys } from "../../../client/acting/outcomes.ts";
import { setQuery } from "../../../client/browser/route.ts";
import { mayRun } from "../../../client/resources/operations.ts";
import { Button } from "../../../parts/control/button.tsx";
import { SizeBadge } from "../../../parts/text/size-badge.tsx";
import { StateMark } from "../../../parts/text/state-mark.tsx";
import { Versions } from "../../../parts/text/versions.tsx";
import { Words } from "../../../parts/text/words.tsx";
import { sizeOf } from "./filter.ts";

interface ReferenceRowProps {
  readonly reference: Reference;
  readonly id: string;
  readonly isSelected: boolean;
  readonly canSelect: boolean;
  readonly onPick: (id: string, isRange: boolean) => void;
  readonly onFocus: () => void;
}

export function ReferenceRow({ reference, id, isSelected, canSelect, onPick, onFocus }: ReferenceRowProps) {
  const { name, image, newest, update, reasons, group } = reference;
  const size = sizeOf(reference);
  const why = [...reasons, ...reference.warnings].map(({ text }) => text).join("; ");
  return (
    <div class={isSelected ? "reference-row is-selected" : "reference-row"} role="presentation" onFocusIn={onFocus}>
      <span class="reference-check" role="cell">
        {canSelect ? (
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={isSelected}
            onClick={(event) => onPick(id, event.shiftKey)}
          />
        ) : undefined}
      </span>
      <span class="reference-name" role="rowheader">
        <button type="button" class="reference-open" title={image} onClick={() => setQuery({ reference: id })}>
          <Words>{name}</Words>
        </button>
        {group === undefined ? undefined : (
          <span class="reference-group" title={`Changes together with the others of ${group}`}>
            <Words>{group}</Words>
          </span>
        )}
      </span>
      <span class="reference-version" role="cell">
        <Versions from={image} to={update?.to ?? newest?.tag} />
      </span>
      <span class="reference-size" role="cell">
        {size === undefined ? undefined : <SizeBadge size={size} />}
      </span>
      <span class="reference-state" role="cell">
        <StateMark reference={reference} />
      </span>
      <span class="reference-reasons" role="cell" title={why}>
        <Words>{why}</Words>
      </span>
      <span class="reference-actions" role="cell">
        <RowActions reference={reference} />
      </span>
    </div>
  );
}

function RowActions({ reference }: { readonly reference: Reference }) {
  const { key, name, update } = reference;
  if (busyKeys.value.has(key)) return <span class="spinner" role="status" aria-label="Working" />;
  const offered = rowActions(reference).filter((action) => mayRun(describedActions[action].operation));
  return (
    <>
      {offered.map((action) => {
        const { text, icon, about, operation } = describedActions[action];
        const values = argumentsOf(action, { key, question: update?.question });
        return (
          <Button
            key={action}
            look="bare"
            isSmall
            icon={icon}
            isIconOnly={action !== "push"}
            title={`${text}: ${about}`}
            onClick={() => void actOn({ key, name }, operation, values)}
          >
            {text}
          </Button>
        );
      })}
    </>
  );
}
