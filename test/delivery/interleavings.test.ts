import fc from "fast-check";
import { expect, test } from "vitest";
import { compareTags } from "../../src/images/compare-tags.ts";
import { Crash, type DeliveryWorld, deliveryWorld } from "../fixtures/delivery-world.ts";
import type { MemoryCommit } from "../fixtures/memory-git-repository.ts";
import { digestOf } from "../fixtures/memory-registries.ts";

/** `push` and `ask` stand alone; `app` and `worker` are one sync group. */
const names = ["push", "ask", "app", "worker"] as const;
type Name = (typeof names)[number];

const policies: Readonly<Record<Name, string>> = {
  push: "x-tl: +!",
  ask: "x-tl: +:!!??",
  app: "x-talos: { bump: major, strategy: push, sync: { role: parent, group: pair, id: app, children: [worker], digest: true } }",
  worker: "x-talos: { sync: { role: child, group: pair, id: worker } }",
};

const fileOf = (name: string) => (name === "worker" ? "worker/compose.yml" : "compose.yml");
const compose = (chosen: readonly Name[], tags: Readonly<Record<Name, string>>) =>
  `services:\n${chosen.map((name) => `  ${name}:\n    image: ${name}:${tags[name]}\n    ${policies[name]}\n`).join("")}`;
const filesOf = (tags: Readonly<Record<Name, string>>) => ({
  "compose.yml": compose(["push", "ask", "app"], tags),
  "worker/compose.yml": compose(["worker"], tags),
});
const first = `1.0.0@${digestOf("a")}`;
const begin: Readonly<Record<Name, string>> = { push: first, ask: first, app: first, worker: first };

const versions = ["1.0.0", "1.0.1", "1.0.2", "1.1.0", "2.0.0"] as const;
const letters = ["a", "b", "c"] as const;

type Action = (world: DeliveryWorld) => unknown;
const named = (text: string, act: Action) =>
  Object.assign((world: DeliveryWorld) => act(world), { toString: () => text });

/** `RUNS=2000` looks further. */
const runs = Number(process.env["RUNS"] ?? 100);

const throttle = { limit: 3, perSeconds: 600 };
const name = fc.constantFrom(...names);
const actor = "ada (terminal)";

function targetOf(of: Name): string {
  return of === "app" || of === "worker" ? "group:pair" : `compose:compose.yml#services.${of}.image`;
}

function imageIn(world: DeliveryWorld, of: string): string {
  return new RegExp(`image: ${of}:(\\S+)`).exec(world.repository().read(fileOf(of)))?.[1] ?? "";
}

const release = fc.tuple(name, fc.constantFrom(...versions), fc.constantFrom(...letters)).map(([of, tag, letter]) =>
  named(`release ${of}:${tag}@${letter}`, ({ images }) => {
    Object.assign((images[`docker.io/library/${of}`] ??= {}), { [tag]: letter });
  }),
);
const writeByHand = fc.tuple(name, fc.constantFrom(...versions), fc.constantFrom(...letters)).map(([of, tag, letter]) =>
  named(`write ${of}:${tag}@${letter}`, (world) => {
    const file = fileOf(of);
    const text = world.repository().read(file);
    if (text.includes(`image: ${of}:`))
      world
        .repository()
        .edit({ [file]: text.replace(new RegExp(`image: ${of}:\\S+`), `image: ${of}:${tag}@${digestOf(letter)}`) });
  }),
);
const others = fc.constantFrom(
  named("revert", (world) => {
    const ours = world
      .repository()
      .commits()
      .find(({ author }) => author === "Talos");
    if (ours !== undefined) world.repository().revert(ours.id);
  }),
  named("force-push", (world) => world.repository().forcePush()),
  named("break", (world) => world.repository().edit({ "worker/compose.yml": "services: [\n" })),
  named("mend", (world) => world.repository().edit(filesOf(begin))),
  named("notes", (world) => world.repository().edit({ "notes.txt": String(world.clock.nowMs) })),
);
const fates = fc
  .constantFrom("moved", "refused", "uncertain-arrived", "uncertain-lost", "uncertain-late")
  .map((fate) => named(`push will be ${fate}`, (world) => world.repository().pushFates.push(fate as "moved")));
const race = writeByHand.map((act) =>
  named(`${String(act)} during a push`, (world) => world.repository().pushFates.push(() => void act(world))),
);
const answer = fc
  .tuple(name, fc.constantFrom("push", "defer", "ignore"))
  .map(([of, what]) => named(`answer ${of} ${what}`, (world) => world.answer(targetOf(of), what as "push")));
const hold = name.map((of) => named(`hold ${of}`, (world) => world.delivery.hold("home", targetOf(of), actor)));
const unhold = name.map((of) => named(`unhold ${of}`, (world) => world.delivery.unhold("home", targetOf(of), actor)));
const trouble = fc.oneof(
  name.map((of) => named(`${of} away`, (world) => world.unreachable.add(`docker.io/library/${of}`))),
  fc.constant(named("all back", (world) => world.unreachable.clear())),
  fc.constant(named("reads fail", (world) => (world.repository().failingReads = 1))),
  fc.constant(named("late pushes arrive", (world) => world.repository().arriveLate())),
);
const crash = fc
  .integer({ min: 1, max: 8 })
  .map((steps) => named(`crash after ${steps}`, (world) => world.crashAfter(steps)));
const work = fc.oneof(
  { weight: 4, arbitrary: fc.constant(named("scan", (world) => world.scan())) },
  { weight: 4, arbitrary: fc.constant(named("deliver", (world) => world.deliver())) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4000 }).map((s) => named(`pass ${s}`, (world) => world.pass(s))) },
  { weight: 1, arbitrary: fc.constant(named("replay", (world) => world.delivery.replay("all", actor))) },
);
const action = fc.oneof(
  { weight: 6, arbitrary: work },
  { weight: 3, arbitrary: release },
  { weight: 1, arbitrary: writeByHand },
  { weight: 1, arbitrary: others },
  { weight: 1, arbitrary: fates },
  { weight: 1, arbitrary: race },
  { weight: 2, arbitrary: answer },
  { weight: 1, arbitrary: hold },
  { weight: 1, arbitrary: unhold },
  { weight: 1, arbitrary: trouble },
  { weight: 1, arbitrary: crash },
);

/** As the daemon would: what may pass ends the run, and a dead process is started again. */
async function perform(act: Action, world: DeliveryWorld): Promise<void> {
  try {
    await act(world);
  } catch (error) {
    const isExpected =
      error instanceof Crash || (error instanceof Error && "retryable" in error && error.retryable === true);
    if (!isExpected) throw error;
  }
  world.restart();
}

/** Images of a commit by name. */
function imagesOf({ files }: MemoryCommit): ReadonlyMap<string, string> {
  const texts = Object.entries(files)
    .filter(([path]) => path.endsWith("compose.yml"))
    .map(([, text]) => text);
  return new Map(
    texts.flatMap((text) =>
      [...text.matchAll(/image: (\w+):(\S+)/g)].map(([, of = "", image = ""]) => [of, image] as const),
    ),
  );
}

const tagOf = (image: string) => image.split("@", 1).join();

/** What every commit of Talos must be, seen beside the one before it. */
function checkCommit(commit: MemoryCommit, parent: MemoryCommit): void {
  const [now, before] = [imagesOf(commit), imagesOf(parent)];
  const changed = [...now].filter(([of, image]) => before.get(of) !== image);
  const told = [...commit.message.matchAll(/^ {2}(\w+): (\S+) -> (\S+)$/gm)].map(
    ([, of, from, to]) => `${of} ${from} ${to}`,
  );
  const short = (of: string, image = "") => `${of}:${image.replace(/@sha256:(\w{8})\w+/, "@$1")}`;
  expect(told.toSorted()).toEqual(
    changed.map(([of, image]) => `${of} ${short(of, before.get(of))} ${short(of, image)}`).toSorted(),
  );
  expect(changed.length).toBeGreaterThan(0);
  for (const [of, image] of changed)
    expect(compareTags(tagOf(before.get(of) ?? ""), tagOf(image))).not.toBeGreaterThan(0);
  if (changed.some(([of]) => of === "app" || of === "worker"))
    expect(tagOf(now.get("app") ?? "")).toBe(tagOf(now.get("worker") ?? ""));
}

async function checkMemory(world: DeliveryWorld): Promise<void> {
  const { memory } = world.ports;
  const keys = (await memory.queue.list("")).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const questions = (await memory.questions.list("")).map(({ value }) => value.id);
  const opened = (await world.events()).filter(({ kind }) => kind === "question-opened");
  expect(questions.length).toBeLessThanOrEqual(opened.length);
}

/** Queue and questions of a target as its events tell them: nothing twice, nothing out of nowhere. */
async function checkEvents(world: DeliveryWorld): Promise<void> {
  const isQueued = new Map<string, boolean>();
  const isOpen = new Map<string, boolean>();
  const delivered = new Set<string>();
  for (const { kind, subject = "", commit, text } of await world.events()) {
    if (kind === "delivered") {
      expect(delivered).not.toContain(`${subject} ${commit}`);
      delivered.add(`${subject} ${commit}`);
    }
    if (kind === "queued") {
      expect(isQueued.get(subject) ?? false, `${subject} ${text} is queued twice`).toBe(false);
      isQueued.set(subject, true);
    }
    if (["delivered", "verified", "dropped", "dead-lettered", "replayed"].includes(kind)) isQueued.set(subject, false);
    if (kind === "question-opened") {
      expect(isOpen.get(subject) ?? false, `${subject} ${text} is asked twice`).toBe(false);
      isOpen.set(subject, true);
    }
    if (["question-answered", "question-closed", "question-superseded"].includes(kind)) isOpen.set(subject, false);
  }
  // Every commit of Talos that is on the branch was told of, target by target.
  for (const commit of world
    .repository()
    .commits()
    .filter(({ author }) => author === "Talos"))
    expect(
      [...delivered].some((one) => one.endsWith(` ${commit.id}`)),
      `${commit.message} was told of`,
    ).toBe(true);
}

/** At no moment more images than the throttle lets through. */
async function checkThrottle(world: DeliveryWorld): Promise<void> {
  const delivered = (await world.events()).filter(({ kind }) => kind === "delivered");
  for (const { atMs } of delivered) {
    const within = delivered.filter((other) => other.atMs <= atMs && other.atMs > atMs - throttle.perSeconds * 1000);
    expect(within.reduce((sum, { members = [] }) => sum + members.length, 0)).toBeLessThanOrEqual(throttle.limit);
  }
}

async function heldNames({ ports: { memory } }: DeliveryWorld): Promise<readonly Name[]> {
  const held = (await memory.quarantine.list("")).filter(({ value }) => value.some(({ kind }) => kind === "held"));
  return names.filter((of) => held.some(({ key }) => key === `home ${targetOf(of)}`));
}

async function checkQuiet(world: DeliveryWorld): Promise<void> {
  const { memory } = world.ports;
  expect(await memory.queue.list("")).toEqual([]);
  expect(await memory.intentions.list("")).toEqual([]);
  expect((await memory.throttles.list("")).flatMap(({ value }) => Object.keys(value.reserved))).toEqual([]);
  // A dead letter stays when policy does not want its version any more, until somebody clears it; not once it is there.
  for (const { value } of await memory.deadLetters.list(""))
    if ("update" in value)
      expect(value.update.members.some(({ name: of, to }) => `${of}:${imageIn(world, of)}` !== to)).toBe(true);
  const record = await world.scan();
  const left = record.plan?.references.filter(({ proposals }) => proposals.some(({ strategy }) => strategy === "push"));
  expect(left).toEqual([]);
}

test(
  "No interleaving of releases, people, failures and deaths breaks a rule; in the end all is as policy wants it.",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), async (actions) => {
        const images = Object.fromEntries(names.map((of) => [`docker.io/library/${of}`, { "1.0.0": "a" }]));
        const world = deliveryWorld({
          files: filesOf(begin),
          images,
          throttles: { "docker.io": throttle },
          cooldownSeconds: 30,
        });
        const seen = new Set<string>();
        for (const act of actions) {
          const held = await heldNames(world);
          await perform(act, world);
          const commits = world.repository().commits();
          for (const [index, commit] of commits.entries()) {
            const parent = commits[index + 1];
            if (seen.has(commit.id) || parent === undefined || commit.author !== "Talos") continue;
            seen.add(commit.id);
            checkCommit(commit, parent);
            if (String(act) === "deliver")
              for (const of of held) expect(imagesOf(commit).get(of)).toBe(imagesOf(parent).get(of));
          }
          await checkMemory(world);
        }
        // Now all is quiet: no failure, nobody works on it, and nothing is late.
        world.unreachable.clear();
        for (const of of names)
          for (const tag of versions) (world.images[`docker.io/library/${of}`] ??= {})[tag] ??= "a";
        world.repository().pushFates.length = 0;
        world.repository().failingReads = 0;
        world.repository().arriveLate();
        await world.settle();
        await checkEvents(world);
        await checkThrottle(world);
        await checkQuiet(world);
      }),
      { numRuns: runs },
    );
  },
  60_000 + 100 * runs,
);

test("Images of the fixture read as they were written.", () => {
  const world = deliveryWorld({ files: filesOf(begin) });
  for (const of of names) expect(imageIn(world, of)).toBe(first);
});
