import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommitChange } from "../../src/sources/git-repository.ts";
import { TalosError } from "../../src/talos-error.ts";
import { handleWebhook } from "../../src/webhooks/handle-webhook.ts";
import { openPipelines } from "../../src/webhooks/pipelines/pipeline.ts";
import { reviewPipelines } from "../../src/webhooks/pipelines/review-pipelines.ts";
import { trimPipelines } from "../../src/webhooks/pipelines/trim-pipelines.ts";
import type { PipelineEvent } from "../../src/webhooks/webhook-event.ts";
import { type DeliveryWorld, deliveryWorld } from "../fixtures/delivery-world.ts";

const files = { "compose.yml": "services:\n  web:\n    image: web:1.0.0\n    x-tl: ^!\n" };
const images = { "docker.io/library/web": { "1.0.0": "a", "1.0.1": "b" } };
const signal = new AbortController().signal;
const strange = "12".repeat(20);

/** Talos has pushed an update; `reads` are the commits that git was asked for. */
async function openPipelineWorld() {
  const world = deliveryWorld({ files, images });
  await world.scan();
  await world.deliver();
  const [own] = world.repository().commits();
  if (own?.author !== "Talos") throw new Error("nothing was delivered");
  const reads: string[] = [];
  /** What git finds; undefined: what is in the repository. */
  const git: { answer: CommitChange | TalosError | undefined } = { answer: undefined };
  const source = world.source();
  const { repository } = source;
  const ports = {
    ...world.ports,
    sources: [
      {
        ...source,
        repository: {
          ...repository,
          async readChange(commit: string, branch: string) {
            reads.push(`${branch} ${commit.slice(0, 4)}`);
            if (git.answer instanceof TalosError) throw git.answer;
            return git.answer ?? repository.readChange(commit, branch);
          },
        },
      },
    ],
    requestScan: async () => undefined,
    requestReview: async () => undefined,
  };
  const hear = (state: PipelineEvent["state"], facts: Partial<PipelineEvent> = {}) =>
    handleWebhook(pipelineOf(state, { commit: own.id, ...facts }), ports);
  const review = () => reviewPipelines(ports, signal);
  const told = async () =>
    (await world.events()).flatMap(({ kind, facts }) =>
      kind === "pipeline" ? `${facts?.["number"]} ${facts?.["state"]}` : [],
    );
  return { ...world, own, reads, git, hear, review, told, pipelines: openPipelines(world.ports.store), ports };
}

function pipelineOf(state: PipelineEvent["state"], facts: Partial<PipelineEvent>): PipelineEvent {
  return {
    kind: "pipeline",
    integration: "gitlab",
    id: "https://git.example/me/home#1",
    project: "me/home",
    urls: ["https://git.example/me/home.git"],
    ref: "main",
    state,
    name: undefined,
    url: "https://git.example/me/home/-/pipelines/1",
    durationSeconds: undefined,
    commit: "",
    message: undefined,
    commitUrl: undefined,
    atMs: undefined,
    isChild: false,
    ...facts,
  };
}

/** Somebody puts the branch to a commit of the same change on top of another. */
function rebase({
  repository,
  own,
}: {
  readonly repository: DeliveryWorld["repository"];
  readonly own: { files: object; parent: string | undefined };
}): string {
  repository().forcePush();
  repository().edit({ "notes.txt": "first" });
  return repository().edit({ ...own.files, "notes.txt": "first" }, "[Talos] Updating images");
}

test("A state of a pipeline of ours is told at once, without git, and never twice.", async () => {
  const world = await openPipelineWorld();
  await world.hear("running", { commit: world.own.id.toUpperCase() });
  for (let repeated = 0; repeated < 3; repeated += 1) await world.hear("failed", { durationSeconds: 62, atMs: 5 });
  const [, last] = (await world.events()).filter(({ kind }) => kind === "pipeline");
  expect(last).toMatchObject({
    source: "home",
    actor: "talos",
    commit: world.own.id,
    link: "https://git.example/me/home/-/pipelines/1",
    text: "me/home » main: pipeline #1 failed in 00:01:02",
    facts: { pipeline: "gitlab https://git.example/me/home#1", project: "me/home", ref: "main", durationSeconds: 62 },
  });
  expect(await world.told()).toEqual(["1 running", "1 failed"]);
  expect(world.reads).toEqual([]);
});

test("The message is that of the commit as Talos made it, and only addresses of the web are kept.", async () => {
  const world = await openPipelineWorld();
  await world.hear("running", {
    message: "[Talos] Updating",
    url: "javascript:alert(1)",
    commitUrl: "data:text/html,x",
  });
  await world.hear("failed", { message: "something else", url: undefined });
  for (const event of (await world.events()).filter(({ kind }) => kind === "pipeline")) {
    expect(event.facts?.["message"]).toBe(world.own.message);
    expect(event.link ?? event.facts?.["commitLink"]).toBeUndefined();
  }
  expect(await world.told()).toHaveLength(2);
});

test("Of a repository that cannot be read only the first commit is looked for at a time.", async () => {
  const world = await openPipelineWorld();
  world.git.answer = new TalosError("source-unreadable", "no network", { retryable: true });
  for (const number of [1, 2, 3])
    await world.hear("running", { id: `home#${number}`, commit: String(number).repeat(40) });
  await world.review();
  expect(world.reads).toHaveLength(1);
  expect(await world.pipelines.waiting.list("")).toHaveLength(3);
});

test("Of several who hear of the same at once, or look whose it is meanwhile, one tells it.", async () => {
  const world = await openPipelineWorld();
  const hear = (state: PipelineEvent["state"], facts: Partial<PipelineEvent>) =>
    Promise.all([1, 2, 3].map(() => world.hear(state, facts)));
  await hear("failed", { atMs: 1 });
  const commit = rebase(world);
  const other = { commit, id: "home#2" };
  await hear("running", { ...other, atMs: 1 });
  await Promise.all([world.review(), hear("failed", { ...other, atMs: 2 })]);
  await world.review();
  expect((await world.told()).filter((text) => text !== "2 running")).toEqual(["1 failed", "2 failed"]);
  expect(await world.pipelines.waiting.list("")).toEqual([]);
});

test("What a pipeline of ours is called, and where, is as its forge says: its commit alone decides.", async () => {
  const world = await openPipelineWorld();
  await world.hear("succeeded", { urls: ["http://forge.internal:3000/x/y"], project: "x/y", ref: "refs/tags/v1" });
  expect(await world.told()).toEqual(["1 succeeded"]);
});

test("A push whose end was not seen has been ours from before it began.", async () => {
  const world = deliveryWorld({ files, images });
  await world.scan();
  world.crashAfter(3);
  await world.deliver().catch(() => undefined);
  world.restart();
  const [own] = world.repository().commits();
  const ports = {
    ...world.ports,
    sources: [],
    requestScan: async () => undefined,
    requestReview: async () => undefined,
  };
  await handleWebhook(pipelineOf("running", { commit: own?.id ?? "" }), ports);
  expect(await world.told("pipeline")).toHaveLength(1);
});

test("Children, and what names no commit, tell nothing.", async () => {
  const world = await openPipelineWorld();
  await world.hear("failed", { isChild: true });
  for (const commit of ["", "main", "--upload-pack=x", world.own.id.slice(0, 12), `${world.own.id}\n`, strange])
    await world.hear("failed", { commit, ref: "other" });
  expect(await world.review()).toBeUndefined();
  expect(await world.told()).toEqual([]);
  expect(world.reads).toEqual([]);
});

test("Git is asked about a commit once, and only on branches that are watched or ours.", async () => {
  const world = await openPipelineWorld();
  const others = { urls: ["https://git.example/me/else"] };
  await world.hear("running", { ...others, commit: strange });
  await world.hear("running", { commit: strange, ref: "feature" });
  await world.hear("running", { commit: strange, ref: "talos/../../x" });
  await world.review();
  expect(world.reads).toEqual([]);
  const stranger = world.repository().edit({ "notes.txt": "" });
  for (const number of [1, 2, 3]) {
    for (const state of ["waiting", "running", "failed"] as const)
      await world.hear(state, { id: `home#${number}`, commit: stranger });
    expect(await world.review()).toBeUndefined();
  }
  await world.hear("running", { id: "home#4", commit: strange, ref: "talos/web-1234567890" });
  await world.review();
  expect(world.reads).toEqual([`main ${stranger.slice(0, 4)}`, "talos/web-1234567890 1212"]);
  expect(await world.told()).toEqual([]);
});

test("A commit that was rebased is told with the latest state, and further states without git.", async () => {
  const world = await openPipelineWorld();
  const commit = rebase(world);
  await world.hear("failed", { commit, atMs: 2 });
  await world.hear("running", { commit, atMs: 1 });
  expect(await world.told()).toEqual([]);
  expect(await world.review()).toBeUndefined();
  await world.hear("running", { commit, atMs: 3 });
  expect(await world.told()).toEqual(["1 failed", "1 running"]);
  expect(world.reads).toHaveLength(1);
});

test("A merge of one of our commits is ours, whatever else it changes.", async () => {
  const world = await openPipelineWorld();
  world.git.answer = { parents: [strange, world.own.id], digest: "something else" };
  await world.hear("succeeded", { commit: "34".repeat(20) });
  await world.review();
  world.git.answer = { parents: [world.own.id, strange], digest: "something else" };
  await world.hear("succeeded", { commit: "56".repeat(20), id: "home#2" });
  await world.review();
  expect(await world.told()).toEqual(["1 succeeded"]);
});

test("What a forge tries of a merge request of ours is ours.", async () => {
  const world = await openPipelineWorld();
  const entry = { update: (await world.ports.memory.delivered.list(""))[0]?.value.update };
  const shown = {
    commit: world.own.id,
    entry: { ...entry, cause: { kind: "policy", atMs: 1 }, queuedMs: 1, attempts: 0 },
    basis: { files: [], digest: "" },
  };
  const request = { branch: "talos/web", base: "main", made: [], latest: shown, number: 12, atMs: 1 };
  await world.ports.store.collection("merge-request").put("home compose", request);
  await world.hear("running", { commit: strange, ref: "refs/merge-requests/12/merge" });
  await world.hear("running", { commit: strange, ref: "refs/merge-requests/13/merge", id: "home#2" });
  expect(await world.told()).toEqual(["1 running"]);
});

test("While the repository cannot be read a pipeline waits, for an hour and not for ever.", async () => {
  const world = await openPipelineWorld();
  const commit = rebase(world);
  world.git.answer = new TalosError("source-unreadable", "no network", { retryable: true });
  await world.hear("running", { commit });
  for (const [minutes, isThere] of [
    [10, true],
    [49, true],
    [11, false],
  ] as const) {
    for (let minute = 0; minute < minutes; minute += 1) {
      world.pass(60);
      await world.review();
    }
    expect((await world.pipelines.waiting.list("")).length).toBe(isThere ? 1 : 0);
  }
  expect(world.reads.length).toBeLessThan(15);
  await world.hear("failed", { commit });
  world.git.answer = undefined;
  await world.review();
  expect(await world.told()).toEqual(["1 failed"]);
});

test("A commit that is not there yet is looked for again, and given up soon.", async () => {
  const world = await openPipelineWorld();
  await world.hear("running", { commit: strange });
  for (;;) {
    const nextMs = await world.review();
    if (nextMs === undefined) break;
    expect(nextMs).toBeGreaterThan(world.clock.nowMs);
    world.clock.nowMs = nextMs;
  }
  expect(world.reads).toHaveLength(4);
});

test("However much a forge sends, no more than a few hundred wait.", async () => {
  const world = await openPipelineWorld();
  world.git.answer = new TalosError("source-unreadable", "no network", { retryable: true });
  const idOf = (number: number) => String(number).padStart(40, "0");
  await world.hear("running", { commit: idOf(0) });
  const [first] = await world.pipelines.waiting.list("");
  const others = Array.from({ length: 498 }, (_, index) => ({ key: `gitlab other#${index}`, value: first?.value }));
  await world.ports.store.collection("pipeline-waiting").putAll(others);
  for (const number of [2, 3]) await world.hear("running", { id: `home#${number}`, commit: idOf(number) });
  expect(await world.pipelines.waiting.list("")).toHaveLength(500);
});

test("What is older than a quarter of a year is forgotten, the rest is not.", async () => {
  const world = await openPipelineWorld();
  await world.hear("succeeded");
  world.pass(89 * 86_400);
  await world.hear("failed", { id: "home#2" });
  const kept = async () => {
    await trimPipelines(world.ports);
    const [commits, pipelines] = await Promise.all([world.ports.memory.commits.list(""), world.pipelines.own.list("")]);
    return [commits.length, pipelines.length];
  };
  expect(await kept()).toEqual([1, 2]);
  world.pass(2 * 86_400);
  expect(await kept()).toEqual([0, 1]);
});

test("In whatever order states are heard, reviewed and lost by a crash, the last one is told in the end, and none twice in a row.", async () => {
  const step = fc.record({
    state: fc.constantFrom("waiting", "running", "failed", "succeeded", "cancelled"),
    atMs: fc.integer({ min: 1, max: 6 }),
    isReviewed: fc.boolean(),
    death: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.boolean(), async (steps, isRebased) => {
      const world = await openPipelineWorld();
      const commit = isRebased ? rebase(world) : world.own.id;
      for (const { state, atMs, isReviewed, death } of steps) {
        if (death !== undefined) world.crashAfter(death);
        const act = async () => {
          await world.hear(state, { commit, atMs });
          if (isReviewed) await world.review();
        };
        await act().catch(() => undefined);
        // The delivery is still in the inbox of the process that died.
        if (world.restart()) await act();
      }
      await world.review();
      const ranks = ["waiting", "running", "cancelled", "failed", "succeeded"];
      const [last] = steps.toSorted((a, b) => b.atMs - a.atMs || ranks.indexOf(b.state) - ranks.indexOf(a.state));
      const told = await world.told();
      expect(told.at(-1)).toBe(`1 ${last?.state}`);
      expect(told.filter((text, index) => text === told[index - 1])).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
