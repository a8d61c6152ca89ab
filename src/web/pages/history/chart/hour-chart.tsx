import type { Statistics } from "../../../../http/api/api-schemas.ts";
import { useWidth } from "../../../client/browser/use-width.ts";
import { chartSteps } from "./chart-scale.ts";
import { lastDay } from "./last-day.ts";

type Hour = Statistics["registries"][number]["hours"][number];

const height = 56;

/** The last 24 hours of one registry: requests that cost (GET) below those that are free (HEAD). */
export function HourChart({ hours, nowMs }: { readonly hours: readonly Hour[]; readonly nowMs: number }) {
  const { place, width } = useWidth<HTMLDivElement>();
  const day = lastDay(hours, nowMs);
  const highest = chartSteps(Math.max(0, ...day.map(({ head, get }) => head + get)), 2).at(-1) ?? 1;
  return (
    <div class="hours" aria-hidden="true">
      <div ref={place} class="chart-place hour-place">
        {width === 0 ? undefined : <Drawing day={day} highest={highest} width={width} />}
      </div>
      <p class="hours-labels">
        <span>{hourOf(day[0]?.startMs ?? nowMs)}</span>
        <span>{`up to ${highest} an hour`}</span>
        <span>now</span>
      </p>
    </div>
  );
}

interface DrawingProps {
  readonly day: readonly Hour[];
  readonly highest: number;
  readonly width: number;
}

function Drawing({ day, highest, width }: DrawingProps) {
  const slot = width / day.length;
  const heightOf = (value: number) => (value / highest) * (height - 1);
  return (
    <svg class="chart" width={width} height={height} focusable="false">
      {day.map(({ startMs, head, get }, index) => (
        <g key={startMs}>
          <title>{`${hourOf(startMs)}: ${get} GET, ${head} HEAD`}</title>
          <rect class="chart-slot" x={index * slot} y={0} width={slot} height={height} />
          {bar("get", index * slot, slot, height - heightOf(get), heightOf(get))}
          {bar("head", index * slot, slot, height - heightOf(get + head), heightOf(head))}
        </g>
      ))}
      <line class="chart-line" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  );
}

function bar(name: "get" | "head", x: number, slot: number, y: number, barHeight: number) {
  if (barHeight === 0) return undefined;
  return <rect class={`chart-bar ${name}`} x={x + slot * 0.12} y={y} width={slot * 0.76} height={barHeight} rx={1} />;
}

function hourOf(atMs: number): string {
  return new Date(atMs).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
