import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import type { MoreAttributes } from "./more-attributes.ts";

interface ButtonProps {
  readonly children: ComponentChildren;
  /** `primary`: what most people want here; at most one in sight. `danger`: what cannot be taken back. `bare`: without a box. */
  readonly look?: "primary" | "plain" | "danger" | "bare";
  readonly icon?: IconName;
  /** The icon alone is seen; the words are read out and are the tooltip. */
  readonly isIconOnly?: boolean;
  readonly isSmall?: boolean;
  /** What it began is under way: it cannot be pressed again. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly title?: string | undefined;
  readonly type?: "button" | "submit";
  readonly onClick?: (event: MouseEvent) => void;
  readonly more?: MoreAttributes;
}

export function Button(props: ButtonProps) {
  const {
    children,
    look = "plain",
    icon,
    isIconOnly = false,
    isSmall = false,
    isBusy = false,
    type = "button",
  } = props;
  const label = isIconOnly && typeof children === "string" ? children : undefined;
  return (
    <button
      {...props.more}
      type={type}
      class={`button button-${look}${isSmall ? " button-small" : ""}${isIconOnly ? " button-icon" : ""}`}
      disabled={props.isDisabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      {...(label === undefined ? {} : { "aria-label": label })}
      title={props.title ?? label}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {isBusy ? <span class="spinner" /> : icon === undefined ? undefined : <Icon name={icon} />}
      {isIconOnly ? undefined : <span class="button-text">{children}</span>}
    </button>
  );
}
