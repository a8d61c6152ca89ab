import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** A part of a page with a heading. */
export function Section({
  title,
  count,
  actions,
  children,
}: {
  readonly title: string;
  readonly count?: number | undefined;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>
          {title}
          {count === undefined ? undefined : <span class="count"> {count}</span>}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
