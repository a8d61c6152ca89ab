import { z } from "zod";
import type { Changed, Host } from "../../hosts/hosts.ts";
import { shortDigest } from "../../images/short-image.ts";
import { findHost } from "../hosts/find-host.ts";
import { completeOnHost, theContainer, theHost } from "../hosts/host-arguments.ts";
import { defineOperation } from "../operation.ts";
import type { View, ViewField } from "../view.ts";
import { healthCell, stateCell } from "./describe-container.ts";

interface ContainerOperation {
  readonly name: `container ${"start" | "stop" | "restart" | "recreate"}`;
  readonly summary: string;
  /** `starting` */
  readonly doing: string;
  readonly deadlineSeconds: number;
  readonly act: (host: Host, container: string, signal: AbortSignal) => Promise<Changed>;
}

/** Something that is done to one container; the answer is how it is then. */
export function defineContainerOperation({ name, summary, doing, deadlineSeconds, act }: ContainerOperation) {
  return defineOperation({
    name,
    summary,
    arguments: z.strictObject({ host: theHost, container: theContainer }),
    positional: ["host", "container"],
    complete: completeOnHost,
    access: "operate",
    deadlineSeconds,
    async *run({ talos, signal }, { host: wanted, container }) {
      const host = findHost(talos, wanted);
      yield { kind: "status", text: `${doing} ${container} on ${host.name}` };
      return describeChanged(await act(host, container, signal), host.name, name === "container stop");
    },
  });
}

function describeChanged({ details, notes }: Changed, host: string, isStop: boolean): View {
  const { name, imageReference, health, state, startedMs, finishedMs } = details;
  const { text, tone } = stateCell(details);
  const sinceMs = state === "running" ? startedMs : finishedMs;
  const isWanted = isStop ? state !== "running" && state !== "restarting" : state === "running";
  const fields: readonly ViewField[] = [
    { name: "image", value: shortDigest(imageReference) },
    ...(health === undefined ? [] : [{ name: "health", value: healthCell(details) }]),
    ...(sinceMs === undefined ? [] : [{ name: "since", value: { atMs: sinceMs } }]),
  ];
  const logs = {
    type: "choice",
    text: "See why",
    operation: "container logs",
    arguments: { host, container: name },
  } as const;
  return [
    {
      type: "text",
      tone: isWanted ? "good" : tone === "quiet" ? "warning" : tone,
      text: `${name} on ${host}: ${text}`,
    },
    { type: "fields", fields },
    ...notes.map((note) => ({ type: "text", tone: "warning", text: note }) as const),
    ...(isWanted ? [] : [logs]),
  ];
}
