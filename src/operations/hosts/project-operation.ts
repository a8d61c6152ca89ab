import { z } from "zod";
import { composeLabels, isOneOff } from "../../hosts/compose/compose-labels.ts";
import type { Container } from "../../hosts/container.ts";
import type { Host } from "../../hosts/hosts.ts";
import { tableOfContainers } from "../containers/describe-container.ts";
import { defineOperation } from "../operation.ts";
import type { View } from "../view.ts";
import { findHost } from "./find-host.ts";
import { followCompose } from "./follow-compose.ts";
import { completeOnHost, onlyService, theHost, theProject } from "./host-arguments.ts";

interface ProjectOperation {
  readonly action: "pull" | "up";
  readonly summary: string;
  readonly deadlineSeconds: number;
  /** What to expect when it was cut short. */
  readonly whenCut: (project: string, host: string) => string;
  readonly describe: (work: ProjectWork) => View;
}

/** What was done, with the containers it was done to, before and after. */
export interface ProjectWork {
  readonly host: string;
  readonly project: string;
  readonly service: string | undefined;
  readonly before: readonly Container[];
  readonly after: readonly Container[];
}

/** Who cancelled is kept waiting no longer for how it is then. */
const lastLookMs = 300;

/** A compose command for one project; what compose says is shown while it runs. */
export function defineProjectOperation({ action, summary, deadlineSeconds, whenCut, describe }: ProjectOperation) {
  return defineOperation({
    name: `project ${action}`,
    summary,
    arguments: z.strictObject({ host: theHost, project: theProject, service: onlyService }),
    positional: ["host", "project"],
    complete: completeOnHost,
    access: "operate",
    deadlineSeconds,
    async *run({ talos, signal }, { host: wanted, project, service }) {
      const host = findHost(talos, wanted);
      yield { kind: "status", text: `compose ${action} of ${project} on ${host.name}` };
      const before = await containersOf(host, project, signal);
      const end = yield* followCompose(host, { project, action, service }, signal);
      if (end === "cut-short") {
        const left = await containersOf(host, project, AbortSignal.timeout(lastLookMs)).catch(() => before);
        const code = isTimeout(signal.reason) ? "timed-out" : "cancelled";
        const how = code === "cancelled" ? "was cancelled" : "was given up, as it took too long";
        const text = `project ${action} ${how}: ${whenCut(project, host.name)}`;
        return { code, view: [{ type: "text", tone: "warning", text }, ...tableOf(left)] };
      }
      const after = await containersOf(host, project, signal);
      const work = onlyOf(service, { before, after });
      return [...describe({ host: host.name, project, service, ...work }), ...tableOf(work.after)];
    },
  });
}

async function containersOf(host: Host, project: string, signal: AbortSignal): Promise<readonly Container[]> {
  const all = await host.containers(signal);
  return all.filter(({ labels }) => labels[composeLabels.project] === project && !isOneOff(labels));
}

/** Those of the service, and what else was changed with it, such as what it depends on. */
function onlyOf(
  service: string | undefined,
  { before, after }: Pick<ProjectWork, "before" | "after">,
): Pick<ProjectWork, "before" | "after"> {
  if (service === undefined) return { before, after };
  const isIn = (one: Container, others: readonly Container[]) =>
    one.labels[composeLabels.service] === service ||
    !others.some((other) => other.id === one.id && other.state === one.state);
  const shown = after.filter((one) => isIn(one, before));
  const names = new Set([...shown, ...before.filter((one) => isIn(one, after))].map(({ name }) => name));
  return { before: before.filter(({ name }) => names.has(name)), after: shown };
}

function tableOf(containers: readonly Container[]): View {
  return containers.length === 0 ? [] : [tableOfContainers(containers)];
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}
