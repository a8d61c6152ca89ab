/** What /metrics shows. The page docs/metrics.md is made from this list. */
export interface MetricDefinition {
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Of this process alone; or read from what is stored, so that every replica shows the same. */
  readonly of: "process" | "store";
  /** Of a histogram, in seconds. */
  readonly buckets?: readonly number[];
}

const requestBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const jobBuckets = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

const stored = {
  talos_references: {
    type: "gauge",
    of: "store",
    labels: ["source", "verdict"],
    help: "References to images by what the latest scan has decided: current, update, held, skipped, unknown.",
  },
  talos_last_scan_timestamp_seconds: {
    type: "gauge",
    of: "store",
    labels: ["source"],
    help: "When the latest scan ended, in seconds since 1970.",
  },
  talos_scan_failed: {
    type: "gauge",
    of: "store",
    labels: ["source"],
    help: "1 when the latest scan failed as a whole, else 0.",
  },
  talos_queue_entries: { type: "gauge", of: "store", labels: ["source"], help: "Updates that wait to be delivered." },
  talos_queue_oldest_age_seconds: {
    type: "gauge",
    of: "store",
    labels: ["source"],
    help: "For how long the update that has waited longest has been in the queue; 0 when none waits.",
  },
  talos_dead_letters: { type: "gauge", of: "store", labels: ["source"], help: "Updates that failed for good." },
  talos_open_questions: {
    type: "gauge",
    of: "store",
    labels: ["source"],
    help: "Updates that a person is to decide about.",
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

const counted = {
  talos_deliveries_total: {
    type: "counter",
    of: "process",
    labels: ["source", "result"],
    help: "Updates that were delivered, found to be there already (verified), put off (retried) or given up (failed).",
  },
  talos_events_total: {
    type: "counter",
    of: "process",
    labels: ["kind"],
    help: "Events that this process has left in the event log.",
  },
  talos_job_duration_seconds: {
    type: "histogram",
    of: "process",
    labels: ["kind", "result"],
    help: "Runs of jobs (scan, deliver, webhooks, …), done or failed.",
    buckets: jobBuckets,
  },
  talos_registry_requests_total: {
    type: "counter",
    of: "process",
    labels: ["domain", "method", "status"],
    help: "Requests to registries and what belongs to them, by class of the answer: 2xx to 5xx, or none.",
  },
  talos_registry_request_duration_seconds: {
    type: "histogram",
    of: "process",
    labels: ["domain"],
    help: "How long registries took to answer.",
    buckets: requestBuckets,
  },
  talos_registry_budget_limit: {
    type: "gauge",
    of: "process",
    labels: ["domain"],
    help: "Requests that a registry allows, where it says so.",
  },
  talos_registry_budget_remaining: {
    type: "gauge",
    of: "process",
    labels: ["domain"],
    help: "Requests that a registry still allows, as it said last.",
  },
  talos_http_requests_total: {
    type: "counter",
    of: "process",
    labels: ["method", "route", "status"],
    help: "Requests to the API, webhooks and the page, by the pattern of the route.",
  },
  talos_http_request_duration_seconds: {
    type: "histogram",
    of: "process",
    labels: ["route"],
    help: "How long Talos took to answer; for streams, until they began.",
    buckets: requestBuckets,
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

const known = {
  talos_host_up: {
    type: "gauge",
    of: "process",
    labels: ["host"],
    help: "1 when the Docker engine is connected, else 0.",
  },
  talos_containers: {
    type: "gauge",
    of: "process",
    labels: ["host", "state"],
    help: "Containers of a host by state, as last known.",
  },
  talos_build_info: { type: "gauge", of: "process", labels: ["version", "node"], help: "Always 1; what runs." },
  process_start_time_seconds: {
    type: "gauge",
    of: "process",
    labels: [],
    help: "When the process started, in seconds since 1970.",
  },
  process_cpu_seconds_total: {
    type: "counter",
    of: "process",
    labels: [],
    help: "Time of the processor, by the program and by the system for it.",
  },
  process_resident_memory_bytes: { type: "gauge", of: "process", labels: [], help: "Memory that the process takes." },
  process_open_fds: { type: "gauge", of: "process", labels: [], help: "Open files and connections, on Linux." },
  nodejs_heap_size_used_bytes: { type: "gauge", of: "process", labels: [], help: "Memory of JavaScript's values." },
  nodejs_eventloop_utilization: {
    type: "gauge",
    of: "process",
    labels: [],
    help: "Part of the time since the latest scrape in which the program was at work, from 0 to 1.",
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export const metricList = { ...stored, ...counted, ...known } as const;
export type MetricName = keyof typeof metricList;
