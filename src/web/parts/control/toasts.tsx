import type { Tone } from "../../../operations/view.ts";
import { closeToast, toasts } from "../../client/acting/toasts.ts";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

const icons: Readonly<Record<Tone, IconName>> = { good: "check", warning: "alert", bad: "alert", quiet: "info" };

/** Once on the page: the places that are read out must be there before what is put into them. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite" aria-relevant="additions">
      {toasts.value.map(({ id, text, detail, tone }) => (
        <div key={id} class={`toast tone-${tone}`}>
          <Icon name={icons[tone]} />
          <div class="toast-text">
            <p>{text}</p>
            {detail === undefined ? undefined : <p class="soft">{detail}</p>}
          </div>
          <Button look="bare" icon="close" isIconOnly isSmall onClick={() => closeToast(id)}>
            Close this notice
          </Button>
        </div>
      ))}
    </div>
  );
}
