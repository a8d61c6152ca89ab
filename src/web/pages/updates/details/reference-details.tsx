import type { Reference } from "../../../../http/api/api-schemas.ts";
import { route, setQuery } from "../../../client/browser/route.ts";
import { useShortcuts } from "../../../client/browser/shortcuts.ts";
import { identityOf } from "../../../client/resources/references.ts";
import { Button } from "../../../parts/control/button.tsx";
import { Dialog } from "../../../parts/control/dialog.tsx";
import { Empty } from "../../../parts/layout/empty.tsx";
import { SizeBadge } from "../../../parts/text/size-badge.tsx";
import { StateMark } from "../../../parts/text/state-mark.tsx";
import { Words } from "../../../parts/text/words.tsx";
import { Changes } from "./changes.tsx";
import { DetailActions } from "./detail-actions.tsx";
import { Facts } from "./facts.tsx";
import { Past } from "./past.tsx";
import { Why } from "./why.tsx";

/** All about the one reference that the address names, beside the list. */
export function ReferenceDetails({
  all,
  shown,
}: {
  readonly all: readonly Reference[];
  readonly shown: readonly Reference[];
}) {
  const id = route.value.query.get("reference");
  if (id === null) return null;
  const close = (): void => setQuery({ reference: undefined });
  const reference = all.find((each) => identityOf(each) === id);
  if (reference === undefined)
    return (
      <Dialog title="Not found" shape="drawer" onClose={close}>
        <Empty icon="question" title="There is no such reference any more">
          Its source no longer has it, or has not been scanned yet.
        </Empty>
      </Dialog>
    );
  return <Details reference={reference} shown={shown} onClose={close} />;
}

function Details({
  reference,
  shown,
  onClose,
}: {
  readonly reference: Reference;
  readonly shown: readonly Reference[];
  readonly onClose: () => void;
}) {
  const id = identityOf(reference);
  const index = shown.findIndex((each) => identityOf(each) === id);
  const go = (step: number): void => {
    const next = index < 0 ? undefined : shown[index + step];
    if (next !== undefined) setQuery({ reference: identityOf(next) }, { replace: true });
  };
  useShortcuts({ j: () => go(1), k: () => go(-1) }, { isInDialog: true });
  const size = reference.update?.size;
  return (
    <Dialog
      title={<Words>{reference.name}</Words>}
      shape="drawer"
      onClose={onClose}
      actions={
        <>
          <div class="details-steps">
            <Button look="bare" icon="left" isIconOnly isDisabled={index <= 0} onClick={() => go(-1)}>
              Previous reference
            </Button>
            <Button
              look="bare"
              icon="right"
              isIconOnly
              isDisabled={index < 0 || index >= shown.length - 1}
              onClick={() => go(1)}
            >
              Next reference
            </Button>
          </div>
          <DetailActions reference={reference} />
        </>
      }
    >
      <p class="details-badges">
        <StateMark reference={reference} />
        {size === undefined ? undefined : <SizeBadge size={size} />}
      </p>
      <Facts reference={reference} />
      {reference.update === undefined ? undefined : (
        <Changes key={`${id} ${reference.update.to}`} reference={reference} />
      )}
      <Why key={`why ${id}`} reference={reference} />
      <Past key={`past ${id}`} reference={reference} />
    </Dialog>
  );
}
