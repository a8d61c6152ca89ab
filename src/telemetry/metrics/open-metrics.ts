/**
 * Metrics for Prometheus. Loaded only where they can be asked for, with the HTTP server. Counters count what this process
 * did since it began; gauges are set when somebody asks, from what is known then. Every label has few values.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { boundLabels } from "./bound-labels.ts";
import { type MetricDefinition, type MetricName, metricList } from "./metric-list.ts";
import type { MetricState } from "./metric-state.ts";
import { openProcessFigures } from "./process-figures.ts";

export interface Metrics {
  countRegistryRequest(request: RegistryRequestFacts): void;
  countHttpRequest(request: HttpRequestFacts): void;
  countJob(run: { readonly kind: string; readonly isFailed: boolean; readonly seconds: number }): void;
  countEvent(event: { readonly kind: string; readonly source?: string | undefined }): void;
  /** Text in the format of Prometheus, with its content type. */
  render(state: MetricState): Promise<{ readonly contentType: string; readonly text: string }>;
}

interface RegistryRequestFacts {
  readonly domain: string;
  readonly method: string;
  readonly status: number | undefined;
  readonly milliseconds: number;
  readonly rate: { readonly limit: number; readonly remaining: number } | undefined;
}

export interface HttpRequestFacts {
  readonly method: string;
  /** The pattern, never the path. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

const deliveryResults: Readonly<Record<string, string>> = {
  delivered: "delivered",
  verified: "verified",
  retrying: "retried",
  "dead-lettered": "failed",
};
const mostDomains = 50;
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function openMetrics(version: string): Metrics {
  const registry = new Registry();
  const { counter, gauge, histogram } = register(registry);
  const domainOf = boundLabels(mostDomains);
  const readProcess = openProcessFigures();
  gauge("talos_build_info").set({ version, node: process.version }, 1);
  return {
    countRegistryRequest({ domain: named, method, status, milliseconds, rate }) {
      const domain = domainOf(named);
      counter("talos_registry_requests_total").inc({ domain, method, status: classOf(status) });
      histogram("talos_registry_request_duration_seconds").observe({ domain }, milliseconds / 1000);
      if (rate === undefined) return;
      gauge("talos_registry_budget_limit").set({ domain }, rate.limit);
      gauge("talos_registry_budget_remaining").set({ domain }, rate.remaining);
    },
    countHttpRequest({ method: named, route, status, seconds }) {
      const method = methods.includes(named) ? named : "other";
      counter("talos_http_requests_total").inc({ method, route, status: classOf(status) });
      histogram("talos_http_request_duration_seconds").observe({ route }, seconds);
    },
    countJob: ({ kind, isFailed, seconds }) =>
      histogram("talos_job_duration_seconds").observe({ kind, result: isFailed ? "failed" : "done" }, seconds),
    countEvent({ kind, source }) {
      counter("talos_events_total").inc({ kind });
      const result = deliveryResults[kind];
      if (result !== undefined && source !== undefined) counter("talos_deliveries_total").inc({ source, result });
    },
    render(state) {
      showState(state, gauge);
      for (const [name, value] of readProcess()) {
        if (metricList[name].type === "gauge") gauge(name).set(value);
        else raise(counter(name), value);
      }
      return registry.metrics().then((text) => ({ contentType: registry.contentType, text }));
    },
  };
}

function register(registry: Registry) {
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, definition] of Object.entries<MetricDefinition>(metricList)) {
    const { type, help, labels, buckets } = definition;
    const options = { name, help, labelNames: [...labels], registers: [registry] };
    if (type === "counter") counters.set(name, new Counter(options));
    else if (type === "gauge") gauges.set(name, new Gauge(options));
    else
      histograms.set(name, new Histogram({ ...options, ...(buckets === undefined ? {} : { buckets: [...buckets] }) }));
  }
  return { counter: finder(counters), gauge: finder(gauges), histogram: finder(histograms) };
}

function finder<Kind>(all: ReadonlyMap<string, Kind>): (name: MetricName) => Kind {
  return (name) => {
    const found = all.get(name);
    if (found === undefined) throw new Error(`${name} is a metric of another type`);
    return found;
  };
}

/** What is gone, as a source that is configured no more, is shown no more. */
function showState({ sources, hosts }: MetricState, gauge: (name: MetricName) => Gauge): void {
  const clean = (name: MetricName): Gauge => {
    const found = gauge(name);
    found.reset();
    return found;
  };
  const references = clean("talos_references");
  const scanned = clean("talos_last_scan_timestamp_seconds");
  const figures = {
    isScanFailed: clean("talos_scan_failed"),
    queued: clean("talos_queue_entries"),
    oldestSeconds: clean("talos_queue_oldest_age_seconds"),
    deadLetters: clean("talos_dead_letters"),
    questions: clean("talos_open_questions"),
  };
  for (const one of sources) {
    const { source } = one;
    for (const [verdict, count] of Object.entries(one.references ?? {})) references.set({ source, verdict }, count);
    if (one.scannedMs !== undefined) scanned.set({ source }, one.scannedMs / 1000);
    figures.isScanFailed.set({ source }, one.isScanFailed ? 1 : 0);
    figures.queued.set({ source }, one.queued);
    figures.oldestSeconds.set({ source }, one.oldestSeconds);
    figures.deadLetters.set({ source }, one.deadLetters);
    figures.questions.set({ source }, one.questions);
  }
  const up = clean("talos_host_up");
  const containers = clean("talos_containers");
  for (const { host, isUp, containers: byState } of hosts) {
    up.set({ host }, isUp ? 1 : 0);
    for (const [state, count] of Object.entries(byState)) containers.set({ host, state }, count);
  }
}

/** A counter that somebody else counts. */
function raise(counter: Counter, value: number): void {
  counter.reset();
  counter.inc(value);
}

function classOf(status: number | undefined): string {
  return status === undefined ? "none" : `${Math.floor(status / 100)}xx`;
}
