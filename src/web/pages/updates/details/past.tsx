import { useMemo } from "preact/hooks";
import type { LoggedEvent, Reference } from "../../../../http/api/api-schemas.ts";
import { createResource } from "../../../client/api/resource.ts";
import { ShowResource } from "../../../parts/layout/show-resource.tsx";
import { EventList } from "../../../parts/text/event-list.tsx";

/** So many of the source are looked through. */
const limit = 1000;

/** What happened to it lately, the latest first. */
export function Past({ reference: { id, source, group, file } }: { readonly reference: Reference }) {
  const isOfIt = (event: LoggedEvent): boolean =>
    event.source === source &&
    (event.subject === id ||
      (group !== undefined && event.subject === `group:${group}`) ||
      event.members?.some((member) => member.file === file && id.endsWith(`#${member.pointer}`)) === true);
  const events = useMemo(() => {
    const query = new URLSearchParams({ source, limit: String(limit) });
    return createResource<{ readonly events: readonly LoggedEvent[] }>(`events?${query}`, isOfIt);
  }, [id, source]);
  return (
    <section class="details-part">
      <h3>What happened</h3>
      <ShowResource resource={events} lines={3}>
        {(value) => {
          const own = value.events.filter(isOfIt).toReversed();
          return own.length === 0 ? (
            <p class="soft">
              Nothing happened to it among the latest {limit.toLocaleString("en")} events of its source.
            </p>
          ) : (
            <EventList events={own} />
          );
        }}
      </ShowResource>
    </section>
  );
}
