import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

/** One place of the page: its title, what can be done there, and a line about it. */
export function Page({
  title,
  about,
  actions,
  children,
  isWide = false,
}: {
  readonly title: string;
  readonly about?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly isWide?: boolean;
}) {
  useEffect(() => {
    document.title = `${title} – Talos`;
  }, [title]);
  return (
    <div class={isWide ? "page page-wide" : "page"}>
      <header class="page-head">
        <div>
          <h1>{title}</h1>
          {about === undefined ? undefined : <p class="page-about">{about}</p>}
        </div>
        {actions === undefined ? undefined : <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
