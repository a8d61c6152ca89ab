import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { route } from "../../client/browser/route.ts";
import { nowMs } from "../../client/time/clock.ts";
import { Button } from "../../parts/control/button.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { Failed } from "../../parts/layout/failed.tsx";
import { Loading } from "../../parts/layout/loading.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { Time } from "../../parts/text/time.tsx";
import { matchesFilter } from "./event-filter.ts";
import { EventFilters, readFilter } from "./event-filters.tsx";
import { groupByDay, nameDay } from "./group-by-day.ts";
import { ShowItem } from "./show-item.tsx";
import { timeLine } from "./time-line.ts";
import { useEvents } from "./use-events.ts";

/** Nearer to the top than this, the reader sees what happens as it happens. */
const nearTopPixels = 400;
/** So many of one filter are looked for before a person is asked whether to look on. */
const wanted = 20;
const furthestAtOnce = 2000;

/** The time line: newest first, by day. Further down nothing moves by itself; what is new waits behind a button. */
export function Events() {
  const filter = readFilter(route.value.query);
  const { list, failure, isLoadingOlder, loadOlder, retry } = useEvents(filter.source);
  const shownUpTo = useSignal<number | undefined>(undefined);
  const isAtTop = useIsAtTop();
  const matching = list?.events.filter((event) => matchesFilter(event, filter)) ?? [];
  const upTo = isAtTop ? undefined : shownUpTo.value;
  const shown = upTo === undefined ? matching : matching.filter(({ position }) => position <= upTo);
  const waiting = matching.length - shown.length;
  const last = list?.events.at(-1)?.position;
  useEffect(() => {
    if (isAtTop) shownUpTo.value = last;
  }, [isAtTop, last]);
  const isSearching = list?.before !== undefined && matching.length < wanted && list.events.length < furthestAtOnce;
  useEffect(() => {
    if (isSearching && !isLoadingOlder && failure === undefined) loadOlder();
  }, [isSearching, isLoadingOlder, failure]);

  return (
    <Section title="Time line">
      <EventFilters filter={filter} />
      <div class="new-events" role="status">
        {waiting > 0 ? (
          <Button look="primary" icon="up" onClick={() => scrollTo({ top: 0 })}>
            {waiting === 1 ? "1 new event" : `${waiting} new events`}
          </Button>
        ) : undefined}
      </div>
      {list === undefined ? (
        failure === undefined ? (
          <Loading lines={8} />
        ) : (
          <Failed failure={failure} onRetry={retry} />
        )
      ) : (
        <>
          <Days events={shown} />
          {matching.length === 0 && list.before === undefined ? (
            <NothingYet isFiltered={list.events.length > 0} />
          ) : null}
          {failure === undefined ? undefined : <Failed failure={failure} onRetry={loadOlder} />}
          {list.before === undefined ? undefined : (
            <div class="further">
              <Button isBusy={isLoadingOlder} onClick={loadOlder}>
                Further back
              </Button>
              {list.events[0] === undefined ? undefined : (
                <span class="soft">
                  Looked back to <Time atMs={list.events[0].atMs} as="exact" />
                </span>
              )}
            </div>
          )}
        </>
      )}
    </Section>
  );
}

function Days({ events }: { readonly events: Parameters<typeof timeLine>[0] }) {
  return groupByDay(timeLine(events)).map(({ key, atMs, items }) => (
    <section key={key} class="day" aria-label={nameDay(atMs, nowMs.value)}>
      <h3 class="day-name">{nameDay(atMs, nowMs.value)}</h3>
      <ol class="time-line">
        {items.map((item) => (
          <li key={item.position} class="time-line-item">
            <ShowItem item={item} />
          </li>
        ))}
      </ol>
    </section>
  ));
}

function NothingYet({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) return <Empty icon="search" title="Nothing like that has happened" />;
  return (
    <Empty icon="history" title="Nothing has happened yet">
      Scans, updates, commits and what people ask for appear here as they happen.
    </Empty>
  );
}

function useIsAtTop(): boolean {
  const isAtTop = useSignal(true);
  useEffect(() => {
    const look = (): void => {
      isAtTop.value = scrollY < nearTopPixels;
    };
    look();
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, []);
  return isAtTop.value;
}
