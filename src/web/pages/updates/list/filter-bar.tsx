import { useRef } from "preact/hooks";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { setQuery } from "../../../client/browser/route.ts";
import { useShortcuts } from "../../../client/browser/shortcuts.ts";
import { Button } from "../../../parts/control/button.tsx";
import { Icon } from "../../../parts/control/icon.tsx";
import { countBy, type Filter, filterReferences, isFiltered, sizeOf, sizes, states, verdicts } from "./filter.ts";

interface FilterBarProps {
  readonly all: readonly Reference[];
  readonly filter: Filter;
  readonly shown: readonly Reference[];
  readonly onWords: (words: string) => void;
}

export function FilterBar({ all, filter, shown, onWords }: FilterBarProps) {
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({
    "/": () => {
      search.current?.focus();
      search.current?.select();
    },
  });
  const clear = (): void => {
    onWords("");
    setQuery({ q: "", verdict: "", source: "", size: "", state: "" });
  };
  return (
    <search class="filter">
      <div class="filter-search">
        <Icon name="search" />
        <input
          ref={search}
          class="input"
          type="search"
          aria-label="Search updates"
          placeholder="Name, image, file, reason"
          value={filter.words}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onWords(event.currentTarget.value)}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <VerdictFilter all={all} filter={filter} />
      <Choices all={all} filter={filter} />
      <p class="filter-count" role="status">
        {isFiltered(filter) ? `${format(shown.length)} of ${format(all.length)}` : format(all.length)}
        {all.length === 1 ? " reference" : " references"}
      </p>
      {isFiltered(filter) ? (
        <Button look="bare" icon="close" isSmall onClick={clear}>
          Clear
        </Button>
      ) : undefined}
    </search>
  );
}

function VerdictFilter({ all, filter }: { readonly all: readonly Reference[]; readonly filter: Filter }) {
  const others = filterReferences(all, filter, "verdict");
  const counts = countBy(others, ({ verdict }) => verdict);
  return (
    <div class="verdicts" role="group" aria-label="Verdict">
      {["", ...verdicts].map((verdict) => (
        <button
          key={verdict}
          type="button"
          class="verdict"
          aria-pressed={filter.verdict === verdict}
          onClick={() => setQuery({ verdict })}
        >
          <span class={verdict === "" ? undefined : `dot dot-${verdict}`} />
          {verdict === "" ? "All" : verdict}
          <span class="count">{format(verdict === "" ? others.length : (counts.get(verdict) ?? 0))}</span>
        </button>
      ))}
    </div>
  );
}

function Choices({ all, filter }: { readonly all: readonly Reference[]; readonly filter: Filter }) {
  const sources = countBy(filterReferences(all, filter, "source"), ({ source }) => source);
  const known = [...countBy(all, ({ source }) => source).keys()];
  const bySize = countBy(filterReferences(all, filter, "size"), sizeOf);
  const byState = countBy(filterReferences(all, filter, "state"), ({ update }) => update?.state);
  return (
    <div class="filter-choices">
      {known.length > 1 ? (
        <Choice name="source" label="Source" filter={filter} options={known} counts={sources} />
      ) : undefined}
      <Choice name="size" label="Size" filter={filter} options={sizes} counts={bySize} />
      <Choice name="state" label="State" filter={filter} options={states} counts={byState} />
    </div>
  );
}

function Choice({
  name,
  label,
  filter,
  options,
  counts,
}: {
  readonly name: "source" | "size" | "state";
  readonly label: string;
  readonly filter: Filter;
  readonly options: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
}) {
  return (
    <select
      class={filter[name] === "" ? "input select" : "input select select-set"}
      aria-label={label}
      value={filter[name]}
      onChange={(event) => setQuery({ [name]: event.currentTarget.value })}
    >
      <option value="">{`Any ${label.toLowerCase()}`}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {`${option} (${format(counts.get(option) ?? 0)})`}
        </option>
      ))}
    </select>
  );
}

function format(count: number): string {
  return count.toLocaleString("en");
}
