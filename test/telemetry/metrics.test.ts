import fc from "fast-check";
import { expect, test } from "vitest";
import { metricList } from "../../src/telemetry/metrics/metric-list.ts";
import { openMetrics } from "../../src/telemetry/metrics/open-metrics.ts";
import { parseExposition } from "./parse-exposition.ts";

const nothing = { sources: [], hosts: [] };
const quiet = {
  source: "github.com/me/infra",
  references: undefined,
  scannedMs: undefined,
  isScanFailed: false,
  queued: 0,
  oldestSeconds: 0,
  deadLetters: 0,
  questions: 0,
};

test("Every metric of the list is shown with its type and help, and no other.", async () => {
  const { contentType, text } = await openMetrics("1.2.3").render(nothing);
  const shown = parseExposition(text);
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(Object.fromEntries(shown.types)).toEqual(
    Object.fromEntries(Object.entries(metricList).map(([name, { type }]) => [name, type])),
  );
  expect(Object.fromEntries(shown.helps)).toEqual(
    Object.fromEntries(Object.entries(metricList).map(([name, { help }]) => [name, help])),
  );
  expect(shown.value("talos_build_info", { version: "1.2.3", node: process.version })).toBe(1);
});

test.each(Object.entries(metricList))("%s is named as Prometheus wants it.", (name, { type, of }) => {
  expect(name).toMatch(/^(?:talos|process|nodejs)_[a-z_]+$/);
  expect(name.endsWith("_total")).toBe(type === "counter");
  if (type === "histogram") expect(name).toMatch(/_seconds$/);
  if (of === "store") expect(type).toBe("gauge");
});

test("What is counted adds up.", async () => {
  const metrics = openMetrics("1");
  const request = { domain: "docker.io", method: "HEAD", status: 200, milliseconds: 20, rate: undefined };
  metrics.countRegistryRequest(request);
  metrics.countRegistryRequest({ ...request, status: 204, rate: { limit: 100, remaining: 7 } });
  metrics.countRegistryRequest({ ...request, status: 429 });
  metrics.countRegistryRequest({ ...request, status: undefined });
  metrics.countJob({ kind: "scan", isFailed: false, seconds: 2 });
  metrics.countJob({ kind: "scan", isFailed: true, seconds: 1 });
  for (const kind of ["delivered", "delivered", "dead-lettered", "retrying", "verified", "queued"])
    metrics.countEvent({ kind, source: "home" });
  metrics.countEvent({ kind: "store-gone" });
  metrics.countHttpRequest({ method: "GET", route: "/api/v1/queue", status: 200, seconds: 0.02 });
  metrics.countHttpRequest({ method: "BREW", route: "/*", status: 405, seconds: 0.02 });
  const { value } = parseExposition((await metrics.render(nothing)).text);
  const requests = (status: string) =>
    value("talos_registry_requests_total", { domain: "docker.io", method: "HEAD", status });
  expect(["2xx", "4xx", "none", "5xx"].map(requests)).toEqual([2, 1, 1, undefined]);
  expect(value("talos_registry_budget_remaining", { domain: "docker.io" })).toBe(7);
  expect(value("talos_registry_budget_limit", { domain: "docker.io" })).toBe(100);
  expect(value("talos_job_duration_seconds_sum", { kind: "scan", result: "done" })).toBe(2);
  expect(value("talos_job_duration_seconds_count", { kind: "scan", result: "failed" })).toBe(1);
  const deliveries = (result: string) => value("talos_deliveries_total", { source: "home", result });
  expect(["delivered", "verified", "retried", "failed"].map(deliveries)).toEqual([2, 1, 1, 1]);
  expect(value("talos_events_total", { kind: "store-gone" })).toBe(1);
  expect(value("talos_http_requests_total", { method: "other", route: "/*", status: "4xx" })).toBe(1);
});

test("What is gone is shown no more, and what there is none of is 0.", async () => {
  const metrics = openMetrics("1");
  const references = { current: 3, update: 0, held: 0, skipped: 0, unknown: 1 };
  const first = await metrics.render({
    sources: [{ ...quiet, references, scannedMs: 5000, queued: 2, oldestSeconds: 9.5 }],
    hosts: [{ host: "nas", isUp: true, containers: { running: 2, exited: 1 } }],
  });
  const before = parseExposition(first.text);
  const { source } = quiet;
  expect(before.value("talos_references", { source, verdict: "current" })).toBe(3);
  expect(before.value("talos_references", { source, verdict: "held" })).toBe(0);
  expect(before.value("talos_last_scan_timestamp_seconds", { source })).toBe(5);
  expect(before.value("talos_queue_oldest_age_seconds", { source })).toBe(9.5);
  expect(before.value("talos_host_up", { host: "nas" })).toBe(1);
  expect(before.value("talos_containers", { host: "nas", state: "exited" })).toBe(1);
  const second = await metrics.render({
    sources: [],
    hosts: [{ host: "nas", isUp: false, containers: { running: 2 } }],
  });
  const after = parseExposition(second.text);
  expect(after.samples.filter(({ labels }) => labels["source"] !== undefined)).toEqual([]);
  expect(after.value("talos_containers", { host: "nas", state: "exited" })).toBeUndefined();
  expect(after.value("talos_host_up", { host: "nas" })).toBe(0);
});

test("Whatever registries a repository names, the text stays readable and short.", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { minLength: 60, maxLength: 200 }), async (domains) => {
      const metrics = openMetrics("1");
      for (const domain of domains)
        metrics.countRegistryRequest({ domain, method: "GET", status: 200, milliseconds: 1, rate: undefined });
      const { samples } = parseExposition((await metrics.render(nothing)).text);
      const counted = samples.filter(({ name }) => name === "talos_registry_requests_total");
      expect(counted.length).toBeLessThanOrEqual(51);
      expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(domains.length);
    }),
    { numRuns: 20 },
  );
});
