import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { metricList } from "../../src/telemetry/metrics/metric-list.ts";
import { traceLibraries } from "../../src/telemetry/trace-libraries.ts";

const docs = join(import.meta.dirname, "../../docs");
const read = (name: string) => readFileSync(join(docs, name), "utf8");

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const dashboard: { readonly panels: readonly Panel[]; readonly templating: unknown } = JSON.parse(
  read("dashboard.json"),
);
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets);

/** The names that are metrics in a text, those of a histogram's parts as the histogram. */
function metricsIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:talos|process|nodejs)_[a-z_]+/g)].map(([name]) => {
    const family = name.replace(/_(?:bucket|sum|count)$/, "");
    return family in metricList ? family : name;
  });
}

test("The dashboard asks for metrics that there are, and for every one of them.", () => {
  const asked = new Set(metricsIn(JSON.stringify([queries, dashboard.templating])));
  expect([...asked].filter((name) => !(name in metricList))).toEqual([]);
  expect(Object.keys(metricList).filter((name) => !asked.has(name))).toEqual([]);
});

test("What the dashboard groups by, filters by and shows are labels of what it asks for.", () => {
  for (const { expr, legendFormat } of queries) {
    const known = new Set(["le", "instance", "job"]);
    for (const name of metricsIn(expr))
      for (const [metric, { labels }] of Object.entries(metricList))
        if (metric === name) labels.forEach((one) => known.add(one));
    const used = [
      ...[...expr.matchAll(/(?:by|on) \(([^)]*)\)/g)].flatMap(([, names = ""]) => names.split(", ")),
      ...[...expr.matchAll(/[{,]\s*(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, name = ""]) => name),
      ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name),
    ];
    expect(used.filter((name) => !known.has(name))).toEqual([]);
    for (const [open, close] of ["()", "{}", "[]"])
      expect(expr.split(open ?? "").length).toBe(expr.split(close ?? "").length);
  }
});

test("Panels of the dashboard have ids of their own, and none lies on another.", () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const one of panels)
    for (const { id, gridPos: other } of panels.filter(({ id: another }) => another > one.id)) {
      const { x, y, w, h } = one.gridPos;
      expect(x + w).toBeLessThanOrEqual(24);
      const isApart = x + w <= other.x || other.x + other.w <= x || y + h <= other.y || other.y + other.h <= y;
      expect(isApart, `${one.title} lies on panel ${id}`).toBe(true);
    }
});

test("What docs/metrics.md advises to watch is there.", () => {
  expect(metricsIn(read("metrics.md")).filter((name) => !(name in metricList))).toEqual([]);
});

test("docs/tracing.md has a line for every source of spans, and for no other.", () => {
  const [, part = ""] = read("tracing.md").split("### Switching sources off");
  const described = [...part.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(described).toEqual([...traceLibraries]);
});
