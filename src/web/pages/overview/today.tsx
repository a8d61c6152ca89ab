import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { createResource } from "../../client/api/resource.ts";
import { nowMs } from "../../client/time/clock.ts";
import { PageLink } from "../../parts/control/link.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { EventList } from "../../parts/text/event-list.tsx";
import { isNews, summariseDay } from "./summarise-day.ts";

/** So many are asked for, and so many of today are listed. */
const askedFor = 500;
const listed = 20;

const events = createResource<{ readonly events: readonly LoggedEvent[] }>(`events?limit=${askedFor}`, isNews);

export function Today() {
  const midnightMs = new Date(nowMs.value).setHours(0, 0, 0, 0);
  return (
    <Section title="Today" actions={<PageLink to="history">History</PageLink>}>
      <ShowResource resource={events}>
        {(value) => {
          const today = value.events.filter((event) => event.atMs >= midnightMs && isNews(event)).toReversed();
          if (today.length === 0) return <p class="soft">Nothing has happened yet.</p>;
          return (
            <>
              <p class="soft">{summariseDay(today)}</p>
              <div class="card">
                <EventList events={today.slice(0, listed)} />
              </div>
              {today.length > listed ? (
                <p>
                  <PageLink to="history">{today.length - listed} more</PageLink>
                </p>
              ) : undefined}
            </>
          );
        }}
      </ShowResource>
    </Section>
  );
}
