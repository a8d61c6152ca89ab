/** What happens around Talos, one thing at a time: releases, outages, and people at work. */
import { randomPolicy } from "./policies.ts";
import { changePlace, type ReadPlace, readPlaces, splitImage } from "./repository-texts.ts";
import type { SoakProcess } from "./soak-process.ts";
import type { SoakSource } from "./soak-source.ts";
import type { SoakWorld } from "./soak-world.ts";
import { type Image, liveTags, nextNumbers, parseVersion, release, setDigest } from "./upstream.ts";

/** What the acts need beside the world; `later` is done at its time, whether Talos runs or not. */
export interface Stage {
  readonly world: SoakWorld;
  readonly process: SoakProcess;
  readonly present: readonly SoakSource[];
  readonly staleQuestions: { key: string; id: string }[];
  readonly later: (delayMs: number, act: () => void) => void;
}

type Act = (stage: Stage) => void | Promise<void>;

const hourMs = 3_600_000;
const person = "ada (terminal)";

export const releases: readonly Act[] = [
  releaseOne,
  releaseOne,
  releaseOne,
  releaseFamily,
  moveDigest,
  moveDigest,
  deleteTag,
];
export const troubles: readonly Act[] = [failRegistry, failGit, spoilPush, spoilPush];
export const people: readonly Act[] = [
  editElsewhere,
  editElsewhere,
  editImage,
  editImage,
  revertLatest,
  forcePush,
  editPolicy,
  editPolicy,
  removePlace,
  answer,
  answer,
  answer,
  answer,
  answerLate,
  hold,
  unhold,
  replay,
  clear,
  askForScan,
];

function releaseOne({ world: { random, images, time } }: Stage): void {
  const image = random.pick(images.filter(({ path }) => path.startsWith("team/")));
  const numbers = nextNumbers(image.newest, random);
  release(image, numbers, time.nowMs);
  if (random.isOneIn(2)) setDigest(image, "latest", time.nowMs);
}

/** The later members of a group come hours later, or never. */
function releaseFamily({ world: { random, families, time }, later }: Stage): void {
  const [parent, ...others] = random.pick(families);
  if (parent === undefined) return;
  const numbers = nextNumbers(parent.newest, random);
  release(parent, numbers, time.nowMs);
  for (const image of others)
    if (!random.isOneIn(10)) later(random.below(12) * hourMs, () => release(image, numbers, time.nowMs));
}

function pickTag(images: readonly Image[], { world: { random } }: Stage): { image: Image; tag: string } {
  const image = random.pick(images);
  const tags = liveTags(image);
  return { image, tag: random.pick(tags.slice(-4)) };
}

function moveDigest(stage: Stage): void {
  const { image, tag } = pickTag(stage.world.images, stage);
  setDigest(image, tag, stage.world.time.nowMs);
}

function deleteTag(stage: Stage): void {
  const { image, tag } = pickTag(stage.world.images, stage);
  const known = image.tags.get(tag);
  if (known !== undefined && parseVersion(tag) !== undefined && liveTags(image).length > 3)
    known.deletedMs = stage.world.time.nowMs;
}

function failRegistry({ world: { random, outages }, later }: Stage): void {
  const domain = random.pick(["docker.io", "ghcr.io", "quay.io", "registry.example.org"]);
  outages.set(domain, random.pick(["throttled", "unreachable", "bad-answer"]));
  later(random.pick([0.05, 0.5, 3, 8]) * hourMs, () => outages.delete(domain));
}

function failGit({ world: { random, sources }, later }: Stage): void {
  const { git } = random.pick(sources);
  git.failingReads = 1_000_000;
  later(random.pick([0.02, 0.2, 2, 5]) * hourMs, () => {
    git.failingReads = 0;
  });
}

function spoilPush({ world: { random, sources } }: Stage): void {
  const source = random.pick(sources);
  const fates = ["refused", "moved", "uncertain-arrived", "uncertain-lost", "uncertain-late"] as const;
  const quicker = () => void source.git.edit({ "README.md": `Ours, ${random.next()}.\n` });
  source.git.pushFates.push(random.isOneIn(4) ? quicker : random.pick(fates));
}

function editElsewhere({ world: { random, sources } }: Stage): void {
  random.pick(sources).git.edit({ "README.md": `Ours, ${random.next()}.\n` });
}

function pickPlace({ world: { random, sources } }: Stage): { source: SoakSource; place: ReadPlace | undefined } {
  const source = random.pick(sources);
  return { source, place: random.pickOr([...readPlaces(source.files()).values()]) };
}

/** Up or down, or only another digest, by hand. */
function editImage(stage: Stage): void {
  const { random, images } = stage.world;
  const { source, place } = pickPlace(stage);
  const written = splitImage(place?.image ?? "");
  const image = images.find((one) => one.written === written.repository);
  if (place === undefined || image === undefined) return;
  const family = parseVersion(written.tag)?.family;
  const tag =
    random.pickOr([...image.tags.keys()].filter((one) => parseVersion(one)?.family === family)) ?? written.tag;
  const digest = random.pickOr(image.tags.get(tag)?.digests ?? [])?.digest;
  const text = `${image.written}:${tag}${digest !== undefined && random.isOneIn(2) ? `@${digest}` : ""}`;
  source.git.edit(changePlace(source.files(), place, { ...place, image: text }));
}

function revertLatest({ world: { random, sources } }: Stage): void {
  const source = random.pick(sources);
  const ours = source.git.commits().find(({ author }) => author === "Talos");
  if (ours !== undefined) source.git.revert(ours.id);
}

function forcePush({ world: { random, sources } }: Stage): void {
  const { git } = random.pick(sources);
  git.forcePush(git.commits()[random.between(1, 3)]?.id);
}

function editPolicy(stage: Stage): void {
  const { source, place } = pickPlace(stage);
  if (place === undefined) return;
  const policy = randomPolicy(stage.world.random, place.policy.sync);
  source.git.edit(changePlace(source.files(), place, { ...place, policy }));
}

function removePlace(stage: Stage): void {
  const { source, place } = pickPlace(stage);
  if (place !== undefined && stage.world.random.isOneIn(4))
    source.git.edit(changePlace(source.files(), place, undefined));
}

async function answer({ world: { random, judge, time }, process: { delivery }, staleQuestions }: Stage): Promise<void> {
  const kept = random.pickOr(await delivery.questions());
  if (kept === undefined) return;
  const { key, question } = kept;
  staleQuestions.push({ key, id: question.id });
  const word = random.pick(["push", "push", "push", "defer", "ignore"] as const);
  const tos = question.update.members.map(({ to }) => to);
  if (word === "push") judge.approve(key, tos, time.nowMs);
  await delivery.answer(key, word, person, random.isOneIn(2) ? question.id : undefined);
}

/** To a question of before; whether it is open still, is for Talos to say. */
async function answerLate({ world, process: { delivery }, staleQuestions }: Stage): Promise<void> {
  const { random } = world;
  const stale = random.pickOr(staleQuestions);
  if (stale === undefined) return;
  const open = (await delivery.questions()).find(({ key, question }) => key === stale.key && question.id === stale.id);
  const { kind } = await delivery.answer(stale.key, "ignore", person, stale.id);
  if ((kind === "done") !== (open !== undefined)) world.complain(`${stale.key}: a late answer was ${kind}`);
}

async function hold({ world: { random, judge }, process: { delivery } }: Stage): Promise<void> {
  const key = random.pickOr([...judge.namesOf.keys()]);
  if (key === undefined) return;
  const [source = "", target = ""] = divide(key);
  await delivery.hold(source, target, person);
}

async function unhold({ world: { random }, process: { delivery } }: Stage): Promise<void> {
  const kept = random.pickOr(await delivery.quarantines());
  if (kept === undefined) return;
  await delivery.unhold(kept.source, kept.target, person);
}

async function replay({ world: { random, judge, time }, process: { delivery } }: Stage): Promise<void> {
  const letters = await delivery.deadLetters();
  const chosen = random.isOneIn(2) ? letters : letters.slice(0, 1);
  for (const { key, letter } of chosen)
    if (letter !== undefined)
      judge.approve(
        key,
        letter.update.members.map(({ to }) => to),
        time.nowMs,
      );
  await delivery.replay(
    chosen.map(({ key }) => key),
    person,
  );
}

async function clear({ world: { random }, process: { delivery } }: Stage): Promise<void> {
  const letter = random.pickOr(await delivery.deadLetters());
  if (letter !== undefined) await delivery.clear([letter.key], person);
}

async function askForScan({ world: { random }, present, process }: Stage): Promise<void> {
  await process.requestScan(random.pick(present).id);
}

function divide(key: string): readonly string[] {
  const end = key.indexOf(" ");
  return [key.slice(0, end), key.slice(end + 1)];
}
