import type { TalosEvent } from "../../../src/events/event.ts";
import type { HistoricCommit } from "./history.ts";
import { group, type Releases } from "./releases.ts";

export interface LaneRecord {
  readonly releases: Releases;
  readonly history: readonly HistoricCommit[];
  readonly events: readonly TalosEvent[];
  /** Where the branch was seen at. */
  readonly heads: readonly string[];
  readonly throttle: { readonly limit: number; readonly perSeconds: number } | undefined;
  readonly cooldownSeconds: number;
}

/** One line for each way in which an update did not land exactly once, or not in order. */
export function checkLane(record: LaneRecord): readonly string[] {
  const { history, heads } = record;
  const ids = new Set(history.map(({ id }) => id));
  const later = history.slice(1);
  const ours = later.filter(({ author }) => author === "Talos");
  return [
    ...later.filter(({ parents }) => parents.length !== 1).map(({ id }) => `${id} is a merge`),
    ...heads.filter((head) => !ids.has(head)).map((head) => `${head} is not on the branch any more`),
    ...later
      .filter(({ author, changes }) => author !== "Talos" && changes.size > 0)
      .map(({ id }) => `${id} is a person's and changes images`),
    ...ours.flatMap((commit) => checkCommit(commit, record.releases)),
    ...checkOrder(ours, record.releases),
    ...checkEvents(ours, record.events),
    ...checkPace(ours, record),
  ];
}

/** It says what it does, and does not tear the group apart. */
function checkCommit({ id, message, changes }: HistoricCommit, releases: Releases): readonly string[] {
  const said = message.split("\n").flatMap((line) => /^ {2}\S+: (.*)$/.exec(line)?.[1] ?? []);
  const done = [...changes.values()].map(({ from, to }) => `${short(from)} -> ${short(to)}`);
  const tags = group.map((name) => [...changes.values()].map(({ to }) => tagOf(to, name, releases)).find(Boolean));
  return [
    ...(changes.size === 0 ? [`${id} changes nothing`] : []),
    ...(said.toSorted().join() === done.toSorted().join() ? [] : [`${id} says ${said.join()} and does ${done.join()}`]),
    ...(new Set(tags).size === 1 ? [] : [`${id} tears the group apart: ${tags.join()}`]),
  ];
}

function short(image: string): string {
  return image.replace(/^.*\//, "").replace(/@sha256:(.{8}).*$/, "@$1");
}

function tagOf(image: string, name: string, { published, text }: Releases): string | undefined {
  return published.get(name)?.find((version) => text(name, version) === image)?.tag;
}

/** Every image goes up from version to version, each once, to the newest. */
function checkOrder(ours: readonly HistoricCommit[], { published, text, newest }: Releases): readonly string[] {
  return [...published].flatMap(([name, versions]) => {
    const texts = versions.map((version) => text(name, version));
    const path = ours.flatMap(({ changes }) => [...changes.values()]).filter(({ to }) => texts.includes(to));
    const places = [0, ...path.map(({ to }) => texts.indexOf(to))];
    const isUp = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
    const isNewest = texts[places.at(-1) ?? 0] === newest(name);
    return isUp && isNewest ? [] : [`${name} went ${places.join(", ")} of ${texts.length - 1}`];
  });
}

/** What landed is told once, with its commit; and nothing else is. */
function checkEvents(ours: readonly HistoricCommit[], events: readonly TalosEvent[]): readonly string[] {
  const landed = ours.flatMap(({ id, changes }) => [...changes.values()].map(({ from, to }) => `${id}: ${from} ${to}`));
  const told = events
    .filter(({ kind }) => kind === "delivered")
    .flatMap(({ commit, members = [] }) => members.map(({ from, to }) => `${commit}: ${from} ${to}`));
  const odd = events.filter(({ kind }) => ["verified", "dead-lettered", "reverted", "question-opened"].includes(kind));
  return [
    ...landed.filter((one) => !told.includes(one)).map((one) => `never told: ${one}`),
    ...told.filter((one) => !landed.includes(one)).map((one) => `told, but not there: ${one}`),
    ...told.filter((one, index) => told.indexOf(one) !== index).map((one) => `told twice: ${one}`),
    ...odd.map(({ kind, text }) => `${kind}: ${text}`),
  ];
}

/**
 * Commits bear whole seconds, rounded down: two that are less than so many seconds apart by these, are so in truth.
 * A commit is made after its room was reserved and before it is counted.
 */
function checkPace(ours: readonly HistoricCommit[], { throttle, cooldownSeconds }: LaneRecord): readonly string[] {
  return ours.flatMap(({ id, committedSeconds }, index) => {
    const near = (seconds: number) =>
      ours.slice(index).filter((other) => other.committedSeconds - committedSeconds < seconds);
    const images = near(throttle?.perSeconds ?? 0).reduce((sum, { changes }) => sum + changes.size, 0);
    return [
      ...(images > (throttle?.limit ?? Infinity) ? [`${images} images in the period that began with ${id}`] : []),
      ...(near(cooldownSeconds).length > 1 ? [`no rest after ${id}`] : []),
    ];
  });
}
