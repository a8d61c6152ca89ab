/** After some quiet days: what may stand in the files, and what may be open. */
import { isRefused, membersOf, sizeOf } from "./judge.ts";
import { isWindowOpen, type ModelPolicy, type Window } from "./policies.ts";
import { type ReadPlace, readPlaces, splitImage } from "./repository-texts.ts";
import type { SoakProcess } from "./soak-process.ts";
import type { SoakSource } from "./soak-source.ts";
import type { SoakWorld } from "./soak-world.ts";
import { compareTagTexts, digestNow, type Image, liveTags, parseVersion } from "./upstream.ts";

/** By then what was left of the troubles is over, and every age reached. */
const settledMs = 36 * 3_600_000;

/** The images that the members of a target would have, in their order. */
type Step = readonly string[];

export async function checkEnd(
  world: SoakWorld,
  process: SoakProcess,
  present: readonly SoakSource[],
  quietSinceMs: number,
): Promise<void> {
  const { judge, complain } = world;
  const seen = new Set<string>();
  const questions = new Map((await process.delivery.questions()).map(({ key, question }) => [key, question.update]));
  for (const source of present) {
    const places = [...readPlaces(source.files()).values()];
    for (const [key, members] of Map.groupBy(places, (place) => groupKey(source.id, place)))
      checkTarget(key ?? "", members, source.id);
  }
  for (const { key, entry, wait } of await process.delivery.queue())
    if (wait.kind !== "too-large" && wait.kind !== "window")
      complain(`at the end ${key} is queued: ${wait.text} ${JSON.stringify(entry)}`);
  for (const { key } of await process.ports.memory.intentions.list("")) complain(`at the end ${key} has an intention`);
  for (const { key, value } of await process.ports.memory.throttles.list(""))
    if (Object.keys(value.reserved).length > 0)
      complain(`at the end room in ${key} is reserved: ${JSON.stringify(value)}`);
  for (const key of questions.keys()) if (!seen.has(key)) complain(`at the end there is a question about ${key}`);
  checkDeliveries(world, present);

  function checkTarget(name: string, unordered: readonly ReadPlace[], source: string): void {
    const members = unordered.toSorted(
      (a, b) => Number(b.policy.sync?.isParent ?? 0) - Number(a.policy.sync?.isParent ?? 0),
    );
    const [first] = members;
    if (first === undefined || (first.policy.skip && members.length === 1)) return;
    const isGroup = first.policy.sync !== undefined;
    if (isGroup && first.policy.sync?.isParent !== true) return;
    const key = judge.targetOf(source, first) ?? name;
    seen.add(key);
    const steps = eligibleSteps(key, members, first.policy, world);
    const wanted = (strategy: "push" | "prompt") =>
      judge.held.has(key)
        ? undefined
        : steps.find((step) => first.policy.strategy[stepSize(members, step)] === strategy);
    const texts = members.map(({ image }) => image);
    const push = wanted("push");
    const mayWait = first.policy.window !== undefined && !wasOpen(first.policy.window, quietSinceMs, world.time.nowMs);
    if (push !== undefined && !mayWait)
      complain(`at the end ${key} is at ${list(texts)} and should be at ${list(push)}`);
    const prompt = wanted("prompt");
    const asked = questions.get(key);
    if (push !== undefined) return;
    if (prompt === undefined && asked !== undefined)
      complain(`at the end ${key} at ${list(texts)} asks about ${list(asked.members.map(({ to }) => to))}`);
    if (prompt === undefined) return;
    const tos = new Set(asked?.members.map(({ to }) => to));
    const missing = prompt.filter((to, index) => to !== texts[index] && !tos.has(to));
    if (missing.length > 0)
      complain(`at the end ${key} at ${list(texts)} does not ask about ${list(missing)} but about ${list([...tos])}`);
  }
}

function list(texts: readonly string[]): string {
  return texts.join(", ");
}

/** For long enough to be made use of. */
function wasOpen(window: Window, fromMs: number, toMs: number): boolean {
  for (let moment = fromMs + settledMs; moment < toMs; moment += 600_000) if (isWindowOpen(window, moment)) return true;
  return false;
}

function groupKey(source: string, { name, policy }: ReadPlace): string {
  return policy.sync === undefined || policy.skip ? `${source} ? ${name}` : `${source} group:${policy.sync.group}`;
}

/** The highest first, the digest of the current tag last. */
function eligibleSteps(
  key: string,
  members: readonly ReadPlace[],
  policy: ModelPolicy,
  world: SoakWorld,
): readonly Step[] {
  const { images, judge } = world;
  const found = members.map((member) => {
    const { repository } = splitImage(member.image);
    return images.find(({ written }) => written === repository);
  });
  const known = found.flatMap((image) => image ?? []);
  if (known.length < members.length) return [];
  const tags = members.map(({ image }) => splitImage(image).tag);
  const [firstImage] = known;
  if (firstImage === undefined) return [];
  const higher = allVersions(known, tags)
    .map((version) => known.map((image, index) => tagOf(image, tags[index] ?? "", version)))
    .filter((step): step is string[] => step.every((tag) => tag !== undefined))
    .filter((step) => step.every((tag, index) => (compareTagTexts(tags[index] ?? "", tag) ?? 1) <= 0))
    .filter((step) => step.some((tag, index) => tag !== tags[index]))
    .filter((step) => step.every((tag) => policy.rule?.admits(tag) !== false))
    .map((step) => step.map((tag, index) => write(known[index], tag, members[index]?.image ?? "", policy)));
  // A group here never has `sync.digest`, so that it follows no digests, however many members it has left.
  const same =
    policy.sync !== undefined || !policy.pin
      ? []
      : [tags.map((tag) => `${firstImage.written}:${tag}@${digestNow(firstImage, tag)}`)];
  return [...higher, ...same.filter(([text]) => text !== members[0]?.image && !text?.endsWith("@undefined"))]
    .filter((step) => stepSize(members, step) <= policy.bump)
    .filter((step) => policy.strategy[stepSize(members, step)] !== "skip")
    .filter((step) => {
      const changing = members.flatMap((member, index) =>
        step[index] === member.image ? [] : [[member.name, member.image, step[index] ?? ""] as const],
      );
      const from = membersOf(changing.map(([name, image]) => [name, image]));
      const to = membersOf(changing.map(([name, , image]) => [name, image]));
      return !judge.refusalsOf(key).some((refusal) => isRefused(from, to, refusal));
    });
}

function allVersions(images: readonly Image[], tags: readonly string[]): readonly string[] {
  const all = [...images.flatMap(liveTags), ...tags].flatMap((tag) => parseVersion(tag)?.numbers.join(".") ?? []);
  const rank = (text: string) => text.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0);
  return [...new Set(all)].sort((a, b) => rank(b) - rank(a));
}

/** The tag of a version in the family of the one in use; that one itself needs not be there any more. */
function tagOf(image: Image, current: string, version: string): string | undefined {
  const family = parseVersion(current)?.family;
  if (parseVersion(current)?.numbers.join(".") === version) return current;
  return liveTags(image).find((tag) => {
    const parsed = parseVersion(tag);
    return parsed?.family === family && parsed?.numbers.join(".") === version;
  });
}

function write(image: Image | undefined, tag: string, now: string, { pin }: ModelPolicy): string {
  if (image === undefined || splitImage(now).tag === tag) return now;
  return `${image.written}:${tag}${pin ? `@${digestNow(image, tag)}` : ""}`;
}

function stepSize(members: readonly ReadPlace[], step: Step) {
  return members.map(({ image }, index) => sizeOf(image, step[index] ?? image)).reduce((a, b) => (a > b ? a : b));
}

/** Everything of ours that is on a branch was told once for each target. */
function checkDeliveries({ judge, complain }: SoakWorld, present: readonly SoakSource[]): void {
  const told = new Set([...judge.deliveries.keys()].map((name) => name.slice(0, name.indexOf(" "))));
  for (const { source, commit } of judge.landings) {
    const home = present.find(({ id }) => id === source);
    const isThere = home?.git.commits().some(({ id }) => id === commit.id) === true;
    if (isThere && !told.has(commit.id)) complain(`${source}: ${commit.id} is on the branch, and nobody was told`);
  }
}
