import type { ComponentChildren } from "preact";
import type { Tone } from "../../../operations/view.ts";
import { Icon, type IconName } from "../control/icon.tsx";

/** A word with a tone. The tone only repeats what the word says. */
export function Badge({
  tone,
  icon,
  title,
  children,
}: {
  readonly tone?: Tone | "accent";
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <span class={`badge tone-${tone ?? "quiet"}`} title={title}>
      {icon === undefined ? undefined : <Icon name={icon} />}
      {children}
    </span>
  );
}
