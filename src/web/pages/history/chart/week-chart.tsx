import type { Statistics } from "../../../../http/api/api-schemas.ts";
import { useWidth } from "../../../client/browser/use-width.ts";
import { chartSteps, namesIn, stackSegments } from "./chart-scale.ts";
import { sizeClass, sizesInOrder } from "./sizes-in-order.ts";

type Week = Statistics["weeks"][number];

const height = 180;
const margin = { left: 28, bottom: 22, top: 8 } as const;
/** A label takes so much room. */
const labelWidth = 56;

/** What was delivered in each week, the small sizes below. Who does not see it has the table beside. */
export function WeekChart({ weeks }: { readonly weeks: readonly Week[] }) {
  const { place, width } = useWidth<HTMLDivElement>();
  return (
    <div ref={place} class="chart-place week-place" aria-hidden="true">
      {width === 0 ? undefined : <Drawing weeks={weeks} width={width} />}
    </div>
  );
}

function Drawing({ weeks, width }: { readonly weeks: readonly Week[]; readonly width: number }) {
  const names = namesIn(
    sizesInOrder,
    weeks.map(({ bySize }) => bySize),
  );
  const steps = chartSteps(Math.max(0, ...weeks.map(({ delivered }) => delivered)));
  const highest = steps.at(-1) ?? 1;
  const inner = height - margin.bottom - margin.top;
  const yOf = (value: number) => margin.top + inner - (value / highest) * inner;
  const slot = (width - margin.left) / Math.max(1, weeks.length);
  const everyLabel = Math.max(1, Math.ceil(labelWidth / slot));
  return (
    <svg class="chart" width={width} height={height} focusable="false">
      {steps.map((step) => (
        <g key={step}>
          <line class="chart-line" x1={margin.left} x2={width} y1={yOf(step)} y2={yOf(step)} />
          <text class="chart-label" x={margin.left - 6} y={yOf(step) + 4} text-anchor="end">
            {step}
          </text>
        </g>
      ))}
      {weeks.map((week, index) => {
        const x = margin.left + index * slot;
        const isLabelled = (weeks.length - 1 - index) % everyLabel === 0 && x + slot / 2 > labelWidth / 2;
        return (
          <g key={week.startMs}>
            <title>{describeWeek(week)}</title>
            <rect class="chart-slot" x={x} y={margin.top} width={slot} height={inner} />
            {stackSegments(names, week.bySize).map(({ name, from, to }) => (
              <rect
                key={name}
                class={`chart-bar ${sizeClass(name)}`}
                x={x + slot * 0.18}
                y={yOf(to)}
                width={slot * 0.64}
                height={Math.max(1, yOf(from) - yOf(to) - 1)}
                rx={2}
              />
            ))}
            {isLabelled ? (
              <text
                class="chart-label"
                x={Math.min(x + slot / 2, width - labelWidth / 2)}
                y={height - 6}
                text-anchor="middle"
              >
                {shortDate(week.startMs)}
              </text>
            ) : undefined}
          </g>
        );
      })}
    </svg>
  );
}

function describeWeek({ startMs, delivered, failed, reverted }: Week): string {
  return `Week of ${shortDate(startMs)}: ${delivered} delivered, ${failed} failed, ${reverted} reverted`;
}

export function shortDate(atMs: number): string {
  return new Date(atMs).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
