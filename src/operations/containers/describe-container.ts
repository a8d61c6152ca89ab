// How containers look in every answer that shows some.
import type { Container } from "../../hosts/container.ts";
import { shortDigest, withoutDigest } from "../../images/short-image.ts";
import type { Tone, ViewCell, ViewPart } from "../view.ts";

const healthTones = { starting: "warning", healthy: "good", unhealthy: "bad" } as const;
const stateTones = {
  created: "quiet",
  running: "good",
  paused: "warning",
  restarting: "warning",
  removing: "warning",
  exited: "quiet",
  dead: "bad",
} as const;

export function tableOfContainers(containers: readonly Container[]): ViewPart {
  const columns = ["name", "image", "state", "health", "since"];
  const rows = containers.map((container) => [
    container.name,
    describeImage(container.image),
    stateCell(container),
    healthCell(container),
    sinceCell(container),
  ]);
  return { type: "table", columns, rows };
}

/** Without the digest where there is a tag: it takes the room, and `image` tells it. */
function describeImage(image: string): string {
  const short = shortDigest(image);
  return /:[^/@]+@/.test(short) ? withoutDigest(short) : short;
}

/** `running`, `exited (137)` */
export function stateCell({ state, status }: Pick<Container, "state" | "status">): { text: string; tone: Tone } {
  const [, code] = /^(?:Exited|Restarting) \((\d+)\)/.exec(status) ?? [];
  const tone = state === "exited" && code !== undefined && code !== "0" ? "bad" : stateTones[state];
  return { text: code === undefined ? state : `${state} (${code})`, tone };
}

export function healthCell({ health }: Pick<Container, "health">): ViewCell {
  return health === undefined ? "" : { text: health, tone: healthTones[health] };
}

/** In the engine's words, which a list has no time beside: `3 hours`, `2 days ago`. */
function sinceCell({ state, status, createdMs }: Container): ViewCell {
  if (state === "created") return { atMs: createdMs };
  const [, words = status] = /^(?:Up|Exited \(\d+\)|Restarting \(\d+\)) (.+?)(?: \([^()]*\))?$/.exec(status) ?? [];
  return words;
}

/** `10 running, 2 not running` */
export function countContainers(containers: readonly Container[]): string {
  const running = containers.filter(({ state }) => state === "running").length;
  const others = containers.length - running;
  return others === 0 ? `${running} running` : `${running} running, ${others} not running`;
}

/** The tag it was started by names another image of its host by now: the engine shows its image by the id. */
export function hasTagMoved({ image }: Pick<Container, "image">): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(image);
}
