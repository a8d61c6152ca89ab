import type { ComponentChildren } from "preact";
import { address, navigate } from "../../client/browser/route.ts";
import { Icon } from "./icon.tsx";
import type { MoreAttributes } from "./more-attributes.ts";

interface LinkProps {
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly more?: MoreAttributes;
}

/** To a place on this page, below its base: `updates?verdict=update`. */
export function PageLink({ to, children, more, ...props }: LinkProps & { readonly to: string }) {
  return (
    <a
      {...more}
      class={props.class}
      href={address(to)}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}

/** To elsewhere. What is not http or https is shown as text: addresses come from repositories and forges. */
export function OutLink({ url, children, more, ...props }: LinkProps & { readonly url: string }) {
  if (!isWebAddress(url)) return <span class={props.class}>{children}</span>;
  return (
    <a {...more} class={`out-link ${props.class ?? ""}`} href={url} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="out-icon">
        {/* Joined to the last word: never alone on a line. */}
        {"\u2060"}
        <Icon name="out" />
      </span>
      <span class="unseen"> (opens elsewhere)</span>
    </a>
  );
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
