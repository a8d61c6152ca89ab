import type { ComponentChildren } from "preact";
import type { Statistics } from "../../../../http/api/api-schemas.ts";
import { nowMs } from "../../../client/time/clock.ts";
import { formatCountdown } from "../../../client/time/format-countdown.ts";
import { Table } from "../../../parts/layout/table.tsx";
import { Time } from "../../../parts/text/time.tsx";
import { Words } from "../../../parts/text/words.tsx";
import { HourChart } from "./hour-chart.tsx";
import { lastDay } from "./last-day.ts";

type Registry = Statistics["registries"][number];

/** What registries were asked, and what they and the configuration allow. */
export function Registries({ registries }: { readonly registries: readonly Registry[] }) {
  return (
    <figure class="card figure" aria-label="Requests to registries">
      <figcaption class="figure-head">
        <h2>Requests to registries</h2>
        <p class="soft">{registries.length === 0 ? "None since Talos started" : "By the hour, since Talos started"}</p>
      </figcaption>
      {registries.length === 0 ? undefined : (
        <>
          <ul class="legend" aria-hidden="true">
            <li>
              <span class="legend-mark get" />
              GET, counts
            </li>
            <li>
              <span class="legend-mark head" />
              HEAD, is free
            </li>
          </ul>
          <ul class="registries">
            {registries.map((registry) => (
              <li key={registry.domain}>
                <ShowRegistry registry={registry} />
              </li>
            ))}
          </ul>
          <details class="figure-table">
            <summary>As a table</summary>
            <Table
              caption="Requests to registries"
              rows={registries}
              keyOf={({ domain }) => domain}
              columns={columns}
            />
          </details>
        </>
      )}
    </figure>
  );
}

const columns = [
  { title: "Registry", kind: "name", show: ({ domain }: Registry) => domain },
  { title: "GET in 24 h", kind: "number", show: (registry: Registry) => sum(registry, "get") },
  { title: "HEAD in 24 h", kind: "number", show: (registry: Registry) => sum(registry, "head") },
  {
    title: "Budget left",
    kind: "number",
    show: ({ budget }: Registry) => (budget === undefined ? "–" : `${budget.remaining} of ${budget.limit}`),
  },
  {
    title: "Throttle",
    kind: "number",
    show: ({ throttle }: Registry) => (throttle === undefined ? "–" : used(throttle)),
  },
] as const;

function ShowRegistry({ registry }: { readonly registry: Registry }) {
  const { domain, hours, budget, throttle } = registry;
  return (
    <div class="registry">
      <div class="registry-head">
        <h3>
          <Words>{domain}</Words>
        </h3>
        <span class="soft">
          {sum(registry, "get")} GET, {sum(registry, "head")} HEAD
        </span>
      </div>
      <HourChart hours={hours} nowMs={nowMs.value} />
      {budget === undefined ? undefined : (
        <Meter label="Budget left" value={budget.remaining} limit={budget.limit} isLowBad>
          {budget.remaining} of {budget.limit} left, said <Time atMs={budget.atMs} />
        </Meter>
      )}
      {throttle === undefined ? undefined : (
        <Meter label="Throttle used" value={throttle.used} limit={throttle.limit}>
          {used(throttle)}
        </Meter>
      )}
    </div>
  );
}

function Meter({
  label,
  value,
  limit,
  isLowBad = false,
  children,
}: {
  readonly label: string;
  readonly value: number;
  readonly limit: number;
  readonly isLowBad?: boolean;
  readonly children: ComponentChildren;
}) {
  const share = limit === 0 ? 0 : value / limit;
  const isBad = isLowBad ? share < 0.1 : share >= 1;
  return (
    <div class="meter">
      <span class="meter-label">{label}</span>
      <progress
        class={isBad ? "meter-bar meter-bad" : "meter-bar"}
        value={value}
        max={Math.max(1, limit)}
        aria-label={label}
      />
      <span class="soft">{children}</span>
    </div>
  );
}

const periods = new Map([
  [3600, "an hour"],
  [86_400, "a day"],
]);

function used({ used: count, limit, perSeconds }: NonNullable<Registry["throttle"]>): string {
  return `${count} of ${limit} updates ${periods.get(perSeconds) ?? `in ${formatCountdown(perSeconds * 1000) ?? "no time"}`}`;
}

function sum({ hours }: Registry, method: "get" | "head"): number {
  return lastDay(hours, nowMs.value).reduce((total, hour) => total + hour[method], 0);
}
