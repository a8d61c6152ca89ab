import { Icon } from "../../parts/control/icon.tsx";
import { PageLink } from "../../parts/control/link.tsx";
import { MarkedText } from "../../parts/text/marked-text.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";

/** Something that does not work: a source, a host. */
export function TroubleItem({
  name,
  what,
  why,
  hint,
  nextTryMs,
  to,
}: {
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly hint?: string | undefined;
  readonly nextTryMs?: number | undefined;
  readonly to?: string;
}) {
  return (
    <li class="need">
      <span class="need-icon tone-bad">
        <Icon name="alert" />
      </span>
      <div class="need-text">
        <p class="need-title">
          {to === undefined ? (
            <span class="need-name">
              <Words>{name}</Words>
            </span>
          ) : (
            <PageLink to={to} class="need-name">
              <Words>{name}</Words>
            </PageLink>
          )}{" "}
          {what}
        </p>
        <p>{why}</p>
        {hint === undefined ? undefined : (
          <p class="need-about">
            <MarkedText text={hint} />
          </p>
        )}
        {nextTryMs === undefined ? undefined : (
          <p class="need-about">
            tried again <Time atMs={nextTryMs} as="next" />
          </p>
        )}
      </div>
    </li>
  );
}
