import { z } from "zod";
import { composeNotKnown, type Host, type HostState } from "../../hosts/hosts.ts";
import { defineOperation } from "../operation.ts";
import type { View, ViewCell, ViewField } from "../view.ts";
import { noHosts } from "./no-hosts.ts";

const columns = ["host", "state", "engine", "compose", "containers", "address"];
const stateTones = { connecting: "warning", up: "good", down: "bad" } as const;

export const hosts = defineOperation({
  name: "hosts",
  summary: "list the Docker hosts: whether they answer, their versions, their containers",
  arguments: z.strictObject({}),
  positional: [],
  access: "read",
  deadlineSeconds: 30,
  async run({ talos }) {
    const { all } = talos.hosts;
    if (all.length === 0) return noHosts;
    return [{ type: "table", columns, rows: all.map(describeHost) }, ...all.flatMap(describeTrouble)];
  },
});

function describeHost(host: Host): readonly ViewCell[] {
  const state = host.state();
  const known = host.known();
  const running = known.filter((container) => container.state === "running").length;
  const containers = state.kind !== "up" && known.length === 0 ? "" : `${running} of ${known.length} running`;
  return [
    host.name,
    { text: state.kind, tone: stateTones[state.kind] },
    state.kind === "up" ? state.engineVersion : "",
    describeCompose(state),
    containers,
    host.address,
  ];
}

function describeCompose(state: HostState): ViewCell {
  if (state.kind !== "up") return "";
  if (state.composeProblem === composeNotKnown) return { text: composeNotKnown, tone: "quiet" };
  return state.composeVersion ?? { text: "none", tone: "warning" };
}

/** Why one is down, or has no compose, and what to do. */
function describeTrouble(host: Host): View {
  const now = host.state();
  const heading = { type: "text", heading: true, text: host.name } as const;
  if (now.kind === "up" && now.composeProblem !== undefined && now.composeProblem !== composeNotKnown)
    return [heading, { type: "text", tone: "warning", text: now.composeProblem }];
  if (now.kind !== "down") return [];
  const { reason, hint, sinceMs, nextTryMs } = now;
  const fields: readonly ViewField[] = [
    { name: "down since", value: { atMs: sinceMs } },
    ...(nextTryMs === undefined ? [] : [{ name: "next try", value: { atMs: nextTryMs } }]),
  ];
  const advice: View = hint === undefined ? [] : [{ type: "text", text: hint }];
  return [heading, { type: "text", tone: "bad", text: reason }, ...advice, { type: "fields", fields }];
}
