import type { Statistics } from "../../../../http/api/api-schemas.ts";
import { Table } from "../../../parts/layout/table.tsx";
import { namesIn } from "./chart-scale.ts";
import { sizeClass, sizesInOrder } from "./sizes-in-order.ts";
import { shortDate, WeekChart } from "./week-chart.tsx";

type Week = Statistics["weeks"][number];

export function Weeks({ weeks }: { readonly weeks: readonly Week[] }) {
  const names = namesIn(
    sizesInOrder,
    weeks.map(({ bySize }) => bySize),
  );
  const total = weeks.reduce((sum, { delivered }) => sum + delivered, 0);
  const thisWeek = weeks.at(-1);
  return (
    <figure class="card figure" aria-label="Updates per week">
      <figcaption class="figure-head">
        <h2>Updates per week</h2>
        <p class="soft">
          {total === 0 ? "None yet" : `${total} in ${weeks.length} weeks`}
          {thisWeek === undefined || total === 0 ? "" : `, ${thisWeek.delivered} in this one`}
        </p>
      </figcaption>
      <WeekChart weeks={weeks} />
      <ul class="legend" aria-hidden="true">
        {names.map((name) => (
          <li key={name}>
            <span class={`legend-mark ${sizeClass(name)}`} />
            {name}
          </li>
        ))}
      </ul>
      <details class="figure-table">
        <summary>As a table</summary>
        <Table
          caption="Updates per week"
          rows={weeks.toReversed()}
          keyOf={({ startMs }) => startMs}
          columns={[
            { title: "Week of", kind: "name", show: ({ startMs }) => shortDate(startMs) },
            ...names.map((name) => ({
              title: name,
              kind: "number" as const,
              show: ({ bySize }: Week) => bySize[name] ?? 0,
            })),
            { title: "Delivered", kind: "number", show: ({ delivered }) => delivered },
            { title: "Failed", kind: "number", show: ({ failed }) => failed },
            { title: "Reverted", kind: "number", show: ({ reverted }) => reverted },
          ]}
        />
      </details>
    </figure>
  );
}
