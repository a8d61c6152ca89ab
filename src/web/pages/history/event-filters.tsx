import { useResource } from "../../client/api/resource.ts";
import { setQuery } from "../../client/browser/route.ts";
import { sources } from "../../client/resources/sources.ts";
import { CheckField, SelectField } from "../../parts/form/field.tsx";
import { type EventFilter, type EventTopic } from "./event-filter.ts";

const topicNames: Readonly<Record<EventTopic, string>> = {
  commits: "Commits and pipelines",
  questions: "Questions and decisions",
  queue: "Queue and failures",
  scans: "Scans",
  people: "What people asked for",
};

export function readFilter(query: URLSearchParams): EventFilter {
  return {
    source: query.get("source") ?? undefined,
    topic: topics.find((topic) => topic === query.get("kind")),
    isFailuresOnly: query.get("failures") === "yes",
    isEverything: query.get("all") === "yes",
  };
}

const topics: readonly EventTopic[] = ["commits", "questions", "queue", "scans", "people"];

export function EventFilters({ filter }: { readonly filter: EventFilter }) {
  const loaded = useResource(sources);
  const known = loaded.kind === "ready" ? loaded.value.sources.map(({ id }) => id) : [];
  const { source, topic, isFailuresOnly = false, isEverything = false } = filter;
  const ids = source === undefined || known.includes(source) ? known : [source, ...known];
  return (
    <div class="filters" role="search">
      <SelectField
        label="Source"
        value={source ?? ""}
        options={[{ value: "", text: "All sources" }, ...ids.map((id) => ({ value: id, text: id }))]}
        onChange={(value) => setQuery({ source: value }, { replace: true })}
      />
      <SelectField
        label="About"
        value={topic ?? ""}
        options={[{ value: "", text: "Everything" }, ...topics.map((one) => ({ value: one, text: topicNames[one] }))]}
        onChange={(value) => setQuery({ kind: value }, { replace: true })}
      />
      <CheckField
        label="Failures only"
        isChecked={isFailuresOnly}
        onChange={(isOn) => setQuery({ failures: isOn ? "yes" : undefined }, { replace: true })}
      />
      <CheckField
        label="Also what was only looked at"
        isChecked={isEverything}
        onChange={(isOn) => setQuery({ all: isOn ? "yes" : undefined }, { replace: true })}
      />
    </div>
  );
}
