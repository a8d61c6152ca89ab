import { useMedia } from "../../client/browser/use-media.ts";
import { Page } from "../../parts/layout/page.tsx";
import { Charts } from "./chart/charts.tsx";
import { Events } from "./events.tsx";

/** On wide screens the charts stand beside the time line, elsewhere they are folded above it. */
export function HistoryPage() {
  const isWide = useMedia("(min-width: 1200px)");
  return (
    <Page title="History" about="What happened, and how much of it." isWide>
      <div class="history">
        {isWide ? (
          <aside class="history-charts" aria-label="Charts">
            <Charts />
          </aside>
        ) : (
          <details class="history-charts">
            <summary>Charts</summary>
            <Charts />
          </details>
        )}
        <Events />
      </div>
    </Page>
  );
}
