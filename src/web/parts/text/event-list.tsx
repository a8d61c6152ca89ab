import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { Icon } from "../control/icon.tsx";
import { OutLink } from "../control/link.tsx";
import { eventLook } from "./event-look.ts";
import { Time } from "./time.tsx";
import { Words } from "./words.tsx";

/** What happened, in the order given. */
export function EventList({ events }: { readonly events: readonly LoggedEvent[] }) {
  return (
    <ol class="events">
      {events.map((event) => (
        <EventLine key={event.position} event={event} />
      ))}
    </ol>
  );
}

function EventLine({ event }: { readonly event: LoggedEvent }) {
  const { text, atMs, actor, commit, link } = event;
  const { icon, tone } = eventLook(event);
  return (
    <li class="event">
      <span class={`event-icon tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <span class="event-text">
        <Words>{text}</Words>{" "}
        {commit === undefined ? undefined : (
          <OutLink url={link ?? ""} class="mono">
            {commit.slice(0, 8)}
          </OutLink>
        )}
        {commit === undefined && link !== undefined ? <OutLink url={link}>link</OutLink> : undefined}
      </span>
      <span class="event-when">
        {actor === "talos" ? undefined : (
          <>
            <Words>{actor}</Words>,{" "}
          </>
        )}
        <Time atMs={atMs} />
      </span>
    </li>
  );
}
