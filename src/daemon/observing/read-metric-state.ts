import type { DeliveryMemory } from "../../delivery/delivery-memory.ts";
import type { Host } from "../../hosts/hosts.ts";
import type { HostFigures, MetricState, SourceState } from "../../telemetry/metrics/metric-state.ts";

interface StatePorts {
  /** The ids of those that are configured. */
  readonly sources: readonly string[];
  readonly hosts: readonly Host[];
  readonly memory: Pick<DeliveryMemory, "scanSummaries" | "queue" | "deadLetters" | "questions">;
  readonly now: () => number;
}

/** From what is stored and what is known of hosts: nobody is asked. */
export async function readMetricState({ sources, hosts, memory, now }: StatePorts): Promise<MetricState> {
  const [summaries, queue, deadLetters, questions] = await Promise.all([
    memory.scanSummaries.list(""),
    memory.queue.list(""),
    memory.deadLetters.list(""),
    memory.questions.list(""),
  ]);
  const nowMs = now();
  const summaryOf = new Map(summaries.map(({ key, value }) => [key, value]));
  const states = sources.map((source): SourceState => {
    const summary = summaryOf.get(source);
    const isOf = ({ key }: { readonly key: string }) => key.startsWith(`${source} `);
    const queued = queue.filter(isOf);
    const oldestMs = Math.min(nowMs, ...queued.map(({ value }) => value.queuedMs));
    return {
      source,
      references: summary?.verdicts,
      scannedMs: summary?.endedMs,
      isScanFailed: summary?.isFailed ?? false,
      queued: queued.length,
      oldestSeconds: (nowMs - oldestMs) / 1000,
      deadLetters: deadLetters.filter(isOf).length,
      questions: questions.filter(isOf).length,
    };
  });
  return { sources: states, hosts: hosts.map(describeHost) };
}

function describeHost(host: Host): HostFigures {
  const containers: Record<string, number> = {};
  for (const { state } of host.known()) containers[state] = (containers[state] ?? 0) + 1;
  return { host: host.name, isUp: host.state().kind === "up", containers };
}
