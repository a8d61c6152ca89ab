import { useEffect, useRef } from "preact/hooks";
import { type Resource, useResource } from "../client/api/resource.ts";
import { route } from "../client/browser/route.ts";
import { deadLetters, updates } from "../client/resources/updates.ts";
import { places } from "../pages/pages.ts";
import { Icon } from "../parts/control/icon.tsx";
import { PageLink } from "../parts/control/link.tsx";

export function Navigation() {
  const { page } = route.value;
  const list = useRef<HTMLUListElement>(null);
  const questions = useCount(updates, (value) => value.updates.filter(({ state }) => state === "asked").length);
  const letters = useCount(deadLetters, (value) => value.deadLetters.length);
  // The counts make the list wider, too.
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [page, questions, letters]);
  return (
    <nav class="nav" aria-label="Main">
      <ul ref={list}>
        {places.map(({ path, title, icon }) => (
          <li key={path}>
            <PageLink to={path} class="nav-link" more={path === page ? { "aria-current": "page" } : {}}>
              <Icon name={icon} />
              <span>{title}</span>
              {path === "updates" ? <Count count={questions} word="open question" /> : undefined}
              {path === "queue" ? <Count count={letters} word="dead letter" isBad /> : undefined}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useCount<Value>(resource: Resource<Value>, count: (value: Value) => number): number {
  const loaded = useResource(resource);
  return loaded.kind === "ready" ? count(loaded.value) : 0;
}

/** How much waits for a person there. */
function Count({
  count,
  word,
  isBad = false,
}: {
  readonly count: number;
  readonly word: string;
  readonly isBad?: boolean;
}) {
  if (count === 0) return null;
  const words = count === 1 ? word : `${word}s`;
  return (
    <span class={isBad ? "nav-count nav-count-bad" : "nav-count"} title={`${count} ${words}`}>
      {count}
      <span class="unseen"> {words}</span>
    </span>
  );
}
