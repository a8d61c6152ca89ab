import type { Container } from "../../hosts/container.ts";
import type { View } from "../view.ts";
import { defineProjectOperation, type ProjectWork } from "./project-operation.ts";

export const projectUp = defineProjectOperation({
  action: "up",
  summary: "bring a compose project up as its files say, or one service",
  deadlineSeconds: 1800,
  whenCut: (project, host) => `containers of ${project} on ${host} may be half made`,
  describe: describeUp,
});

const fates = ["created", "recreated", "started", "unchanged", "removed"] as const;
type Fate = (typeof fates)[number];

function describeUp({ host, project, service, before, after }: ProjectWork): View {
  const what = `${service === undefined ? project : `${service} of ${project}`} on ${host}`;
  const isFine = after.every(({ state, health }) => state === "running" && health !== "unhealthy");
  return [{ type: "text", tone: isFine ? "good" : "warning", text: `${what}: ${compare(before, after)}` }];
}

/** `1 created, 2 recreated, 3 unchanged` */
function compare(before: readonly Container[], after: readonly Container[]): string {
  const removed = before.filter(({ name }) => after.every((one) => one.name !== name));
  const all = [...after.map((one) => fateOf(one, before)), ...removed.map((): Fate => "removed")];
  const counts = fates.map((fate) => [all.filter((one) => one === fate).length, fate] as const);
  const words = counts.filter(([count]) => count > 0).map(([count, fate]) => `${count} ${fate}`);
  return words.length === 0 ? "there are no containers" : words.join(", ");
}

function fateOf({ id, name, state }: Container, before: readonly Container[]): Fate {
  const same = before.find((one) => one.id === id);
  if (same !== undefined) return state === "running" && same.state !== "running" ? "started" : "unchanged";
  return before.some((one) => one.name === name) ? "recreated" : "created";
}
