/**
 * Watches what Talos does in a simulated world, and knows by itself what it may do: releases with their times, policies as
 * they stand in the files, and what people decided. It looks at every commit that reaches a branch and at every event.
 */
import type { TalosEvent } from "../../src/events/event.ts";
import type { Files, MemoryCommit } from "../fixtures/memory-git-repository.ts";
import { isWindowOpen, type ModelPolicy, type SizeNumber } from "./policies.ts";
import { nameOfSpoken, type ReadPlace, readPlaces, splitImage, spokenName } from "./repository-texts.ts";
import { compareNumbers, compareTagTexts, type Image, parseVersion } from "./upstream.ts";

export interface JudgeSettings {
  readonly images: readonly Image[];
  readonly throttles: ReadonlyMap<string, { readonly limit: number; readonly perSeconds: number }>;
  readonly cooldownSeconds: ReadonlyMap<string, number>;
  /** Called with what should never have happened. */
  readonly complain: (text: string) => void;
}

export interface Landing {
  readonly source: string;
  readonly commit: MemoryCommit;
  readonly parent: Files;
  readonly atMs: number;
  /** When the delivery began that made it: nothing that came later could be heeded. */
  readonly begunMs: number;
  /** Talos could not know that it arrived. */
  readonly isUncertain: boolean;
}

/** By the name of a place: tag and digest. */
type Members = ReadonlyMap<string, { readonly tag: string; readonly digest: string | undefined }>;

interface Refusal {
  readonly kind: "declined" | "reverted";
  readonly sinceMs: number;
  readonly members: Members;
}

interface Delivered {
  readonly atMs: number;
  readonly members: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

export function createJudge({ images, throttles, cooldownSeconds, complain }: JudgeSettings) {
  const imageOf = new Map(images.map((image) => [image.written, image]));
  const targetOfName = new Map<string, string>();
  const namesOf = new Map<string, readonly string[]>();
  const approvals = new Map<string, number>();
  const held = new Map<string, number>();
  const refusals = new Map<string, Refusal[]>();
  const delivered = new Map<string, Delivered>();
  /** What was undone, as far as Talos has not said so yet. */
  const unconfirmed = new Map<string, Delivered>();
  const landings: Landing[] = [];
  const taken: { domain: string; atMs: number; count: number; isUncertain: boolean }[] = [];
  const deliveries = new Map<string, number>();
  const openQuestions = new Set<string>();
  const counts = new Map<string, number>();

  const targetOf = (source: string, { name, policy }: ReadPlace) =>
    policy.sync === undefined || policy.skip
      ? targetOfName.get(`${source} ${name}`)
      : `${source} group:${policy.sync.group}`;

  function onEvent(event: TalosEvent): void {
    counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1);
    const { source, subject } = event;
    const members = event.members?.map((member) => ({ ...member, name: nameOfSpoken(member.name) }));
    if (source === undefined || subject === undefined) return;
    const key = `${source} ${subject}`;
    if (members !== undefined && members.length > 0) {
      namesOf.set(
        key,
        members.map(({ name }) => name),
      );
      if (!subject.startsWith("group:")) for (const { name } of members) targetOfName.set(`${source} ${name}`, key);
    }
    onKind[event.kind]?.(event, key, members ?? []);
  }

  /** What changes the model's mind; the other kinds decide nothing here. */
  const onKind: Partial<
    Record<TalosEvent["kind"], (event: TalosEvent, key: string, members: Delivered["members"]) => void>
  > = {
    "question-opened"({ text }, key) {
      if (openQuestions.has(key) && !text.endsWith("asked again")) complain(`${key}: a second question is open`);
      openQuestions.add(key);
    },
    "question-closed": (_event, key) => void openQuestions.delete(key),
    "question-superseded": (_event, key) => void openQuestions.delete(key),
    "question-answered"({ facts, atMs }, key, members) {
      if (facts?.["answer"] !== "defer") openQuestions.delete(key);
      if (facts?.["answer"] === "ignore") refuse(key, "declined", atMs, members);
    },
    held: ({ atMs }, key) => void held.set(key, atMs),
    lifted(_event, key) {
      held.delete(key);
      refusals.delete(key);
    },
    delivered({ commit, atMs }, key, members) {
      const name = `${commit} ${key}`;
      deliveries.set(name, (deliveries.get(name) ?? 0) + 1);
      if (deliveries.get(name) !== 1) complain(`${key}: ${commit} was told as delivered twice`);
      delivered.set(key, { atMs, members });
      refusals.set(
        key,
        (refusals.get(key) ?? []).filter((refusal) => !isLeftBehind(refusal, members)),
      );
    },
    reverted: (_event, key) => void unconfirmed.delete(key),
  };

  function onLanding(landing: Landing): void {
    const { source, commit, atMs } = landing;
    const before = readPlaces(landing.parent);
    const after = readPlaces(commit.files);
    const changed = [...before.values()].filter(({ name, image }) => after.get(name)?.image !== image);
    const where = `${source} ${commit.id.slice(0, 8)} at ${new Date(atMs).toISOString()}`;
    const say = (text: string) => complain(`${where}: ${text}`);
    if (changed.length === 0) say("it changes no image");
    checkOtherBytes(landing, before, after, say);
    checkMessage(commit, changed, after, say);
    checkTimes(landing, changed, say);
    for (const [key, places] of Map.groupBy(changed, (place) => targetOf(source, place) ?? `? ${place.name}`))
      checkTarget(key, places, { before, after, landing, say });
    landings.push(landing);
  }

  interface Scene {
    readonly before: ReadonlyMap<string, ReadPlace>;
    readonly after: ReadonlyMap<string, ReadPlace>;
    readonly landing: Landing;
    readonly say: (text: string) => void;
  }

  function checkTarget(key: string, places: readonly ReadPlace[], scene: Scene): void {
    const { before, after, landing } = scene;
    const say = (text: string) => scene.say(`${key}: ${text}`);
    if (key.startsWith("? ")) return say("nobody has heard of this target");
    for (const place of places) checkStep(place, after.get(place.name), landing, say);
    const [first] = places;
    const group = first?.policy.skip === false ? first.policy.sync?.group : undefined;
    const all =
      group === undefined ? places : [...before.values()].filter(({ policy }) => policy.sync?.group === group);
    const policy = (all.find(({ policy: { sync } }) => sync?.isParent === true) ?? all[0])?.policy;
    const versions = new Set(all.map(({ name }) => versionText(after.get(name)?.image ?? "")));
    if (group !== undefined && versions.size > 1) say(`its members are at ${[...versions].join(" and ")}`);
    const sinceMs = held.get(key);
    if (sinceMs !== undefined && sinceMs < landing.begunMs) say("somebody holds it");
    const to: Members = membersOf(places.map(({ name }) => [name, after.get(name)?.image ?? ""]));
    const from: Members = membersOf(places.map(({ name, image }) => [name, image]));
    const approvedMs =
      approvals.get(
        approvalKey(
          key,
          [...to.keys()].map((name) => after.get(name)?.image ?? ""),
        ),
      ) ?? 0;
    for (const refusal of refusals.get(key) ?? [])
      if (refusal.sinceMs < landing.begunMs && refusal.sinceMs > approvedMs && isRefused(from, to, refusal))
        say(`its version was ${refusal.kind}`);
    if (policy === undefined) return;
    checkPolicy(key, places, policy, scene, say);
  }

  function checkPolicy(
    key: string,
    places: readonly ReadPlace[],
    policy: ModelPolicy,
    { after, landing }: Scene,
    say: (text: string) => void,
  ): void {
    if (policy.window !== undefined) {
      const { window } = policy;
      const moments = [landing.atMs, landing.begunMs, (landing.atMs + landing.begunMs) / 2];
      if (!moments.some((moment) => isWindowOpen(window, moment))) say(`outside of its window ${window.text}`);
    }
    const tos = places.map(({ name }) => after.get(name)?.image ?? "");
    if ((approvals.get(approvalKey(key, tos)) ?? Number.POSITIVE_INFINITY) <= landing.atMs) return;
    if (policy.skip) say("its policy is to skip it");
    const size = Math.max(...places.map(({ image }, index) => sizeOf(image, tos[index] ?? ""))) as SizeNumber;
    if (size > policy.bump)
      say(
        `a step of size ${size}, bump being ${policy.bump}: ${places.map(({ image }) => image).join(", ")} -> ${tos.join(", ")}`,
      );
    if (policy.strategy[size] !== "push")
      say(`nobody approved a step of size ${size}, which is ${policy.strategy[size]}`);
    for (const [index, { image }] of places.entries()) {
      const { repository, tag, digest } = splitImage(tos[index] ?? "");
      const isNewTag = splitImage(image).tag !== tag;
      if (isNewTag && policy.rule?.admits(tag) === false)
        say(`${tag} is against ${policy.rule.key} ${policy.rule.text}`);
      const known = imageOf.get(repository);
      if (policy.ageHours === undefined || known === undefined) continue;
      const history = known.tags.get(tag)?.digests ?? [];
      const born = digest === undefined ? history[0]?.atMs : history.find((one) => one.digest === digest)?.atMs;
      if (born === undefined || born > landing.atMs - policy.ageHours * 3_600_000) say(`${tag} is too young`);
    }
  }

  function checkStep(
    before: ReadPlace,
    after: ReadPlace | undefined,
    { begunMs, atMs }: Landing,
    say: (text: string) => void,
  ) {
    if (after === undefined) return say(`${before.name} is gone`);
    const [from, to] = [splitImage(before.image), splitImage(after.image)];
    if (from.repository !== to.repository) return say(`another repository: ${before.image} -> ${after.image}`);
    const image = imageOf.get(to.repository);
    const order = compareTagTexts(from.tag, to.tag);
    if (order === undefined || order > 0) return say(`backwards or sideways: ${before.image} -> ${after.image}`);
    const history = image?.tags.get(to.tag);
    if (image === undefined || history === undefined) return say(`${after.image} was never released`);
    if (history.deletedMs !== undefined && history.deletedMs < begunMs) say(`${after.image} was deleted before`);
    if (to.digest === undefined) return;
    const bornAt = history.digests.findIndex(({ digest }) => digest === to.digest);
    const born = history.digests[bornAt];
    if (born === undefined || born.atMs > atMs) return say(`${after.image} never had that digest`);
    const next = history.digests[bornAt + 1];
    if (
      next !== undefined &&
      next.atMs < begunMs &&
      before.policy.ageHours === undefined &&
      before.policy.sync === undefined
    )
      say(`${after.image} had another digest by then`);
    const old = order === 0 ? history.digests.find(({ digest }) => digest === from.digest) : undefined;
    if (old !== undefined && old.atMs >= born.atMs) say(`an older digest: ${before.image} -> ${after.image}`);
  }

  function checkTimes(
    { source, atMs, begunMs, isUncertain }: Landing,
    changed: readonly ReadPlace[],
    say: (text: string) => void,
  ) {
    const last = landings.findLast((other) => other.source === source);
    const restMs = (cooldownSeconds.get(source) ?? 0) * 1000;
    // One that was lost from sight may arrive when the next is under way already.
    const isCrossed = last?.isUncertain === true && begunMs <= last.atMs;
    if (last !== undefined && !isCrossed && atMs - last.atMs < restMs)
      say(`${(atMs - last.atMs) / 1000} s after the one before`);
    for (const [domain, places] of Map.groupBy(
      changed,
      ({ image }) => imageOf.get(splitImage(image).repository)?.domain ?? "",
    )) {
      taken.push({ domain, atMs, count: places.length, isUncertain });
      const throttle = throttles.get(domain);
      if (throttle === undefined) continue;
      const inWindow = taken.filter((one) => one.domain === domain && one.atMs > atMs - throttle.perSeconds * 1000);
      const count = inWindow.filter((one) => !one.isUncertain).reduce((sum, one) => sum + one.count, 0);
      if (count > throttle.limit) say(`${count} images of ${domain} within its window of ${throttle.limit}`);
    }
    const oldest = atMs - 8 * 86_400_000;
    while (taken[0] !== undefined && taken[0].atMs < oldest) taken.shift();
  }

  function refuse(key: string, kind: Refusal["kind"], sinceMs: number, versions: Delivered["members"]): void {
    const members = membersOf(versions.map(({ name, to }) => [name, to]));
    refusals.set(key, [...(refusals.get(key) ?? []), { kind, sinceMs, members }]);
  }

  /** Now, of a state of a source that a scan has read: what of ours is not there any more. Gives what undoes the note. */
  function noteUndone(source: string, files: Files, readMs: number): () => void {
    const places = readPlaces(files);
    const noted: [string, Delivered, readonly Refusal[]][] = [];
    for (const [key, known] of delivered) {
      if (!key.startsWith(`${source} `) || known.atMs >= readMs) continue;
      const fates = known.members.map(({ name, from, to }) => {
        const image = places.get(name)?.image;
        if (image === to) return "kept";
        if (image === undefined) return "moved-on";
        if (image === from) return "undone";
        const order = compareTagTexts(splitImage(image).tag, splitImage(to).tag);
        const isSame = splitImage(image).repository === splitImage(to).repository;
        return isSame && order !== undefined && order < 0 ? "undone" : "moved-on";
      });
      if (fates.every((fate) => fate === "kept")) continue;
      noted.push([key, known, refusals.get(key) ?? []]);
      unconfirmed.set(key, known);
      delivered.delete(key);
      if (!fates.includes("undone")) continue;
      refuse(key, "reverted", readMs, known.members);
    }
    return () => {
      for (const [key, known, before] of noted) {
        if (unconfirmed.get(key) !== known) continue;
        delivered.set(key, known);
        refusals.set(key, [...before]);
      }
    };
  }

  return {
    onEvent,
    onLanding,
    noteUndone,
    landings,
    deliveries,
    counts,
    namesOf,
    targetOf,
    held,
    refusalsOf: (key: string): readonly Refusal[] => refusals.get(key) ?? [],
    approve: (key: string, tos: readonly string[], atMs: number) => approvals.set(approvalKey(key, tos), atMs),
  };
}

export type Judge = ReturnType<typeof createJudge>;

function isLeftBehind({ members }: Refusal, delivered: Delivered["members"]): boolean {
  const now = membersOf(delivered.map(({ name, to }) => [name, to]));
  return [...members].every(([name, { tag }]) => {
    const there = now.get(name)?.tag;
    return there === undefined || there === tag || (compareTagTexts(there, tag) ?? -1) > 0;
  });
}

/** `from` and `to` of the members that change. */
export function isRefused(from: Members, to: Members, { kind, members }: Refusal): boolean {
  const concerned = [...members].flatMap(([name, version]) => {
    const wanted = to.get(name);
    return wanted === undefined ? [] : [{ version, wanted, isSameTag: from.get(name)?.tag === wanted.tag }];
  });
  return (
    concerned.length > 0 &&
    concerned.every(({ version, wanted, isSameTag }) => {
      if (isSameTag && wanted.tag === version.tag) return wanted.digest === version.digest;
      if (kind === "declined") return wanted.tag === version.tag;
      return (compareTagTexts(wanted.tag, version.tag) ?? 1) <= 0;
    })
  );
}

export function membersOf(pairs: readonly (readonly [string, string])[]): Members {
  return new Map(pairs.map(([name, image]) => [name, splitImage(image)]));
}

export function sizeOf(from: string, to: string): SizeNumber {
  const [a, b] = [parseVersion(splitImage(from).tag), parseVersion(splitImage(to).tag)];
  if (a === undefined || b === undefined || compareNumbers(a.numbers, b.numbers) === 0) return 0;
  return a.numbers[0] !== b.numbers[0] ? 3 : a.numbers[1] !== b.numbers[1] ? 2 : 1;
}

function approvalKey(key: string, tos: readonly string[]): string {
  return `${key} ${tos.toSorted().join(" ")}`;
}

function versionText(image: string): string {
  return parseVersion(splitImage(image).tag)?.numbers.join(".") ?? image;
}

function checkOtherBytes(
  { parent, commit }: Landing,
  before: ReadonlyMap<string, ReadPlace>,
  after: ReadonlyMap<string, ReadPlace>,
  say: (text: string) => void,
): void {
  const blank = (files: Files, places: ReadonlyMap<string, ReadPlace>) =>
    Object.entries(files)
      .map(([path, text]) => {
        const images = [...places.values()].filter(({ file }) => file === path).map(({ image }) => image);
        return `${path}\n${images.reduce((rest, image) => rest.replace(image, "<image>"), text)}`;
      })
      .sort()
      .join("\n");
  if (blank(parent, before) !== blank(commit.files, after)) say("it changes more than images");
}

function checkMessage(
  { message }: MemoryCommit,
  changed: readonly ReadPlace[],
  after: ReadonlyMap<string, ReadPlace>,
  say: (text: string) => void,
): void {
  const files = [...new Set(changed.map(({ file }) => file))].sort();
  const lines = files.flatMap((file) => [
    file,
    ...changed
      .filter((place) => place.file === file)
      .map((place) => `  ${spokenName(place)}: ${short(place.image)} -> ${short(after.get(place.name)?.image ?? "")}`),
  ]);
  const wanted = ["[Talos] Updating images", "", ...lines, ""].join("\n");
  const rest = message.startsWith(wanted) ? message.slice(wanted.length) : undefined;
  if (rest === undefined || !/^(\n(Approved-by: \w+ \(\w+\)\n)+)?$/.test(rest))
    say(`its message is\n${message}\nand not\n${wanted}`);
}

function short(image: string): string {
  const { repository, tag, digest } = splitImage(image);
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  return `${name}:${tag}${digest === undefined ? "" : `@${digest.slice(7, 15)}`}`;
}
