import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

/** Modal, while it is on the page. Escape, the cross and a click beside it ask to close it. */
export function Dialog({
  title,
  children,
  actions,
  shape = "box",
  onClose,
}: {
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
  /** At the bottom, always in sight. */
  readonly actions?: ComponentChildren;
  /** `drawer`: as high as the window, at its end. */
  readonly shape?: "box" | "drawer";
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${shape}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={titleId} tabIndex={-1}>
            {title}
          </h2>
          <Button look="bare" icon="close" isIconOnly onClick={onClose}>
            Close
          </Button>
        </header>
        <div class="dialog-body">{children}</div>
        {actions === undefined ? undefined : <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
