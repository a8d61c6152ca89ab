import { readdirSync } from "node:fs";
import { performance } from "node:perf_hooks";
import type { MetricName } from "./metric-list.ts";

/** Figures of this process, read when they are asked for: nothing is measured in between. */
export function openProcessFigures(): () => readonly (readonly [MetricName, number])[] {
  const startedSeconds = performance.timeOrigin / 1000;
  let latest = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, latest);
    latest = now;
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    return [
      ["process_start_time_seconds", startedSeconds],
      ["process_cpu_seconds_total", (user + system) / 1e6],
      ["process_resident_memory_bytes", rss],
      ["nodejs_heap_size_used_bytes", heapUsed],
      ["nodejs_eventloop_utilization", utilization],
      ...countOpenFiles(),
    ];
  };
}

function countOpenFiles(): readonly (readonly [MetricName, number])[] {
  if (process.platform !== "linux") return [];
  return [["process_open_fds", readdirSync("/proc/self/fd").length]];
}
