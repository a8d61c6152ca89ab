import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Reference } from "../../../http/api/api-schemas.ts";
import { route, setQuery } from "../../client/browser/route.ts";
import { references } from "../../client/resources/references.ts";
import { Button } from "../../parts/control/button.tsx";
import { ScanButton } from "../../parts/control/scan-button.tsx";
import { AccessHint } from "../../parts/layout/access-hint.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { ReferenceDetails } from "./details/reference-details.tsx";
import { type Filter, filterReferences, isFiltered, readFilter } from "./list/filter.ts";
import { FilterBar } from "./list/filter-bar.tsx";
import { ReferenceList } from "./list/reference-list.tsx";
import { nothingSelected } from "./list/selection.ts";
import { ManyBar } from "./many/many-bar.tsx";

/** The address follows what is typed after this pause. */
const pauseMs = 300;

/** All references of all sources, with their verdicts, and what can be done about them. */
export function UpdatesPage() {
  return (
    <Page title="Updates" isWide actions={<ScanButton />}>
      <AccessHint wanted="operate" to="answer questions and hold updates" />
      <ShowResource resource={references} lines={12}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon="updates" title="No reference is known yet">
              They are found when a source is scanned.
            </Empty>
          ) : (
            <Browser all={all} />
          )
        }
      </ShowResource>
    </Page>
  );
}

function Browser({ all }: { readonly all: readonly Reference[] }) {
  const words = useTypedWords();
  const filter: Filter = { ...readFilter(route.value.query), words: words.text };
  const shown = filterReferences(all, filter);
  const selection = useSignal(nothingSelected);
  return (
    <>
      <FilterBar all={all} filter={filter} shown={shown} onWords={words.type} />
      {shown.length === 0 ? (
        <Empty icon="search" title="Nothing matches">
          {isFiltered(filter) ? <Button onClick={words.clearAll}>Show all {all.length}</Button> : undefined}
        </Empty>
      ) : (
        <ReferenceList shown={shown} selection={selection} />
      )}
      <ManyBar all={all} shown={shown} selection={selection} />
      <ReferenceDetails all={all} shown={shown} />
    </>
  );
}

/** What is in the search field: at once here, a little later in the address. */
function useTypedWords() {
  const inAddress = route.value.query.get("q") ?? "";
  const typed = useSignal<string | undefined>(undefined);
  const text = useComputed(() => typed.value ?? route.value.query.get("q") ?? "").value;
  useEffect(() => {
    if (typed.value === undefined) return;
    const timer = setTimeout(() => {
      setQuery({ q: typed.value }, { replace: true });
      typed.value = undefined;
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed.value, inAddress]);
  return {
    text,
    type: (next: string): void => {
      typed.value = next;
    },
    clearAll: (): void => {
      typed.value = undefined;
      setQuery({ q: "", verdict: "", source: "", size: "", state: "" });
    },
  };
}
