import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../control/icon.tsx";

/** Why there is nothing to see, and what to do about it where something can be done. */
export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      {icon === undefined ? undefined : <Icon name={icon} />}
      <p class="empty-title">{title}</p>
      {children === undefined ? undefined : <div class="empty-text">{children}</div>}
    </div>
  );
}
