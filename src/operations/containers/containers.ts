import { z } from "zod";
import { boolean } from "../../config/setting-types.ts";
import type { Container } from "../../hosts/container.ts";
import { optional, words } from "../argument-types.ts";
import { askHosts, type HostAnswer } from "../hosts/ask-hosts.ts";
import { findHost } from "../hosts/find-host.ts";
import { completeOnHost } from "../hosts/host-arguments.ts";
import { noHosts } from "../hosts/no-hosts.ts";
import { defineOperation } from "../operation.ts";
import type { View } from "../view.ts";
import { countContainers, tableOfContainers } from "./describe-container.ts";

type Answer = HostAnswer<readonly Container[]>;

export const containers = defineOperation({
  name: "containers",
  summary: "list the containers that run, and with all the others too",
  arguments: z.strictObject({
    host: optional(words(), "Only on this host."),
    all: optional(boolean(), "With those that do not run."),
  }),
  positional: ["host"],
  complete: completeOnHost,
  access: "read",
  deadlineSeconds: 30,
  async run({ talos, signal }, { host: wanted, all = false }) {
    if (wanted !== undefined) {
      const host = findHost(talos, wanted);
      return describeAnswer({ kind: "answered", host, value: await host.containers(signal) }, all);
    }
    const answers = await askHosts(talos.hosts.all, signal, (host, until) => host.containers(until));
    if (answers.length === 0) return noHosts;
    const view = answers.flatMap((answer) => describeAnswer(answer, all));
    const [first] = answers.filter((answer) => answer.kind === "failed");
    const isFailed = answers.every(({ kind }) => kind === "failed");
    return isFailed && first !== undefined ? { code: first.error.code, view } : view;
  },
});

function describeAnswer(answer: Answer, isAll: boolean): View {
  const heading = { type: "text", heading: true, text: answer.host.name } as const;
  if (answer.kind === "failed") {
    const { message, hint } = answer.error;
    const advice: View = hint === undefined ? [] : [{ type: "text", text: hint }];
    return [heading, { type: "text", tone: "bad", text: message }, ...advice];
  }
  const { value } = answer;
  if (value.length === 0) return [heading, { type: "text", tone: "quiet", text: "there are no containers" }];
  const shown = isAll ? value : value.filter(({ state }) => state === "running");
  const count = { type: "text", text: countContainers(value) } as const;
  return shown.length === 0 ? [heading, count] : [heading, count, tableOfContainers(shown)];
}
