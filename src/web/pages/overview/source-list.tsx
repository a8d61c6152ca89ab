import { useEffect } from "preact/hooks";
import type { Source } from "../../../http/api/api-schemas.ts";
import { sources } from "../../client/resources/sources.ts";
import { ScanButton } from "../../parts/control/scan-button.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { SourceItem } from "./source-item.tsx";

/** How far a scan is leaves no event: it is asked for. */
const pollMs = 1000;

export function SourceList() {
  return (
    <Section title="Sources">
      <ShowResource resource={sources} lines={3}>
        {(value) => <Sources list={value.sources} />}
      </ShowResource>
    </Section>
  );
}

function Sources({ list }: { readonly list: readonly Source[] }) {
  const isRunning = list.some(({ nextScan }) => nextScan === "running");
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => void sources.refresh(), pollMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (list.length === 0)
    return (
      <Empty icon="source" title="No source is configured">
        Name a git repository under <code>GitSettings</code> in the configuration, and start Talos again.
      </Empty>
    );
  return (
    <ul class="card sources">
      {list.map((source) => (
        <SourceItem key={source.id} source={source}>
          {list.length > 1 ? <ScanButton source={source.id} /> : undefined}
        </SourceItem>
      ))}
    </ul>
  );
}
