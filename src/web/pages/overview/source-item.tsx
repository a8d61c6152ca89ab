import type { ComponentChildren } from "preact";
import type { Source } from "../../../http/api/api-schemas.ts";
import { OutLink, PageLink } from "../../parts/control/link.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";

/** One line: what it is, when it was looked at, what came of it. */
export function SourceItem({ source, children }: { readonly source: Source; readonly children?: ComponentChildren }) {
  const { id, url, branch, commit, scannedMs } = source;
  return (
    <li class="source">
      <div class="source-text">
        <p class="source-id">
          <OutLink url={url}>
            <Words>{id}</Words>
          </OutLink>
        </p>
        <p class="source-about">
          {branch === undefined ? undefined : (
            <>
              <Words>{branch}</Words>{" "}
            </>
          )}
          {commit === undefined ? undefined : <code>{commit.slice(0, 8)} </code>}
          {scannedMs === undefined ? (
            "not scanned yet"
          ) : (
            <>
              scanned <Time atMs={scannedMs} />
            </>
          )}
          {typeof source.nextScan === "number" ? (
            <>
              , next <Time atMs={source.nextScan} as="next" />
            </>
          ) : undefined}
        </p>
        {source.error === undefined ? undefined : <p class="text-bad">{source.error}</p>}
      </div>
      <div class="source-counts">
        {source.nextScan === "running" ? <Scanning source={source} /> : <Counts source={source} />}
      </div>
      {children}
    </li>
  );
}

function Scanning({ source: { progress } }: { readonly source: Source }) {
  const words =
    progress === undefined
      ? "begins"
      : `${progress.files} ${progress.files === 1 ? "file" : "files"}, ${progress.decided} of ${progress.references} images decided`;
  return (
    <div class="source-scan">
      <progress
        aria-label="Scan"
        {...(progress === undefined || progress.references === 0
          ? {}
          : { max: progress.references, value: progress.decided })}
      />
      <p class="soft">{words}</p>
    </div>
  );
}

const parts = ["update", "held", "unknown", "current", "skipped"] as const;

function Counts({ source: { id, counts } }: { readonly source: Source }) {
  if (counts === undefined) return null;
  const total = Math.max(1, counts.references);
  const present = parts.filter((part) => counts[part] > 0);
  return (
    <>
      <div class="shares" aria-hidden="true">
        {present.map((part) => (
          <span key={part} class={`share-${part}`} style={{ width: `${(counts[part] / total) * 100}%` }} />
        ))}
      </div>
      <ul class="source-numbers">
        {present.map((part) => (
          <li key={part}>
            <PageLink to={`updates?${new URLSearchParams({ source: id, verdict: part })}`}>
              <span class={`dot dot-${part}`} />
              {counts[part].toLocaleString("en")} {part}
            </PageLink>
          </li>
        ))}
      </ul>
    </>
  );
}
