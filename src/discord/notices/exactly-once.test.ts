import fc from "fast-check";
import { expect, test } from "vitest";
import { controlsOf, type Fate, textOf } from "../../../test/fixtures/fake-discord-api.ts";
import { type NoticesWorld, noticesWorld } from "../../../test/fixtures/notices-world.ts";
import {
  answered,
  eventOf,
  keptQuestion,
  pipelineEventOf,
  questionEventOf,
  serviceUpdate,
} from "../../../test/fixtures/question-events.ts";
import type { Update } from "../../delivery/update.ts";
import type { TalosEvent } from "../../events/event.ts";
import { TalosError } from "../../talos-error.ts";
import type { DiscordApi } from "../rest/discord-api.ts";
import type { NoticePorts } from "./notice-ports.ts";

/** One thing that happens about one of a few services. */
const act = fc.record({
  what: fc.constantFrom("ask", "ask", "ask", "push", "defer", "ignore", "close", "deliver", "fail", "announce", "run"),
  service: fc.integer({ min: 0, max: 5 }),
});
/** What is written at once, and what befalls the process and Discord then. */
const moment = fc.record({
  acts: fc.array(act, { maxLength: 6 }),
  fates: fc.array(fc.constantFrom<Fate>("away", "silent", "taken"), { maxLength: 3 }),
  /** Of the writes to come. */
  writes: fc.array(fc.constantFrom<Fate>("away", "silent", "taken"), { maxLength: 2 }),
  isSettled: fc.boolean(),
  /** The process is killed at its n-th step from then on, before or after that had an effect. */
  death: fc.option(fc.record({ step: fc.integer({ min: 0, max: 6 }), isAfter: fc.boolean() })),
});

type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

type Fact = "open" | "deferred" | "ignored" | "closed" | "approved" | "delivered" | "failed";
interface Asked {
  readonly id: string;
  readonly update: Update;
  fact: Fact;
  isAskedAgain?: true;
}

const words: Readonly<Record<Fact, RegExp>> = {
  open: /^(?!.*(chose|Not asked))/s,
  deferred: /chose \*\*Defer/,
  ignored: /chose \*\*Ignore/,
  closed: /Not asked any more/,
  approved: /chose \*\*Push\*\*: it is delivered as soon as it may/,
  delivered: /chose \*\*Push\*\*: delivered with/,
  failed: /\*\*Not delivered\*\*/,
};

/** What delivery would do, with the events that it would leave. */
function deliveryModel(world: NoticesWorld) {
  const asked: Asked[] = [];
  const announced: string[] = [];
  const latest = new Map<number, Asked>();
  /** The state of each pipeline. */
  const pipelines = new Map<number, string>();
  let count = 0;
  const close = ({ id }: Asked): void => {
    const index = world.questions.findIndex(({ question }) => question.id === id);
    if (index !== -1) world.questions.splice(index, 1);
  };
  const ask = (service: number): readonly TalosEvent[] => {
    count += 1;
    const update = serviceUpdate(`service${service}`, `1.0.${1000 + count}`);
    const one: Asked = { id: `q${count}`, update, fact: "open" };
    asked.push(one);
    latest.set(service, one);
    world.questions.push(keptQuestion(one.id, update));
    return [questionEventOf("question-opened", one.id, update)];
  };
  return {
    asked,
    announced,
    pipelines,
    does({ what, service }: { readonly what: string; readonly service: number }): readonly TalosEvent[] {
      const known = latest.get(service);
      const fact = known?.fact;
      const isWaiting = fact === "open" || fact === "deferred";
      if (what === "run") {
        const state = pipelines.get(service) === "running" ? "failed" : "running";
        pipelines.set(service, state);
        return [pipelineEventOf(service, state)];
      }
      if (what === "announce") {
        const name = `news${announced.length}x`;
        announced.push(name);
        return announced.length > 25 ? [] : [eventOf("announced", serviceUpdate(name, "2.0.0"))];
      }
      if (what === "ask") {
        if (known !== undefined && fact === "open") {
          close(known);
          known.fact = "closed";
          return [questionEventOf("question-superseded", known.id, known.update), ...ask(service)];
        }
        if (known !== undefined && fact === "deferred") {
          known.fact = "open";
          known.isAskedAgain = true;
          close(known);
          world.questions.push(keptQuestion(known.id, known.update));
          return [questionEventOf("question-opened", known.id, known.update)];
        }
        return ask(service);
      }
      if (known === undefined) return [];
      const becomes = (next: Fact, event: TalosEvent): readonly TalosEvent[] => {
        known.fact = next;
        if (next !== "deferred") close(known);
        return [event];
      };
      if (isWaiting && what === "push") {
        for (const one of asked)
          if (one.update.target === known.update.target && one.fact === "approved") one.fact = "closed";
        return becomes("approved", answered(known.id, known.update, "push"));
      }
      if (isWaiting && what === "ignore") return becomes("ignored", answered(known.id, known.update, "ignore"));
      if (isWaiting && what === "close")
        return becomes("closed", questionEventOf("question-closed", known.id, known.update));
      if (fact === "open" && what === "defer") {
        close(known);
        const kept = keptQuestion(known.id, known.update);
        world.questions.push({ ...kept, question: { ...kept.question, state: "deferred" } });
        return becomes("deferred", answered(known.id, known.update, "defer"));
      }
      if (fact === "approved" && what === "deliver")
        return becomes("delivered", eventOf("delivered", known.update, { commit: "c".repeat(40) }));
      if (fact === "approved" && what === "fail") return becomes("failed", eventOf("dead-lettered", known.update));
      return [];
    },
  };
}

/** Ports of a process that dies at a certain step: a request, or a write. */
function mortalPorts(world: NoticesWorld) {
  const writes: Fate[] = [];
  let left = Number.POSITIVE_INFINITY;
  let isAfter = false;
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left >= 0) return act();
    if (left === -1 && isAfter) await act();
    world.kill();
    throw new Error("dead");
  };
  const { api, store } = world;
  const mortalApi: DiscordApi = {
    post: (...request) => step(() => api.post(...request)),
    edit: (...request) => step(() => api.edit(...request)),
    recent: (...request) => step(() => api.recent(...request)),
  };
  const ports: Partial<NoticePorts> = {
    api: mortalApi,
    store: {
      ...store,
      write: (...change) =>
        step(async () => {
          const fate = writes.shift();
          const outcome = fate === "away" ? undefined : await store.write(...change);
          if (outcome !== undefined && fate !== "silent") return outcome;
          throw new TalosError("store-unreachable", "the store is away", { retryable: true });
        }),
    },
  };
  return {
    writes,
    ports,
    isDead: () => left < 0,
    dieAt(death: { readonly step: number; readonly isAfter: boolean }) {
      left = death.step;
      isAfter = death.isAfter;
    },
  };
}

async function live(moments: readonly Moment[]) {
  const world = noticesWorld({
    Notifications: [{ Kinds: ["UpdateAvailable", "Pipeline"] }, { ChannelId: "2", Kinds: ["Pipeline"] }],
  });
  const model = deliveryModel(world);
  let mortal = mortalPorts(world);
  await world.start(mortal.ports);
  await world.settle();
  for (const { acts, fates, writes, isSettled, death } of moments) {
    world.api.fates.push(...fates);
    mortal.writes.push(...writes);
    if (death !== null && !mortal.isDead()) mortal.dieAt(death);
    await world.happen(...acts.flatMap((one) => model.does(one)));
    if (isSettled) await world.settle(mortal.isDead);
    if (!mortal.isDead()) continue;
    await world.stop();
    mortal = mortalPorts(world);
    await world.start(mortal.ports);
  }
  await world.stop();
  await world.start();
  await world.settle();
  await world.stop();
  return { world, model };
}

function unescape(markdown: string): string {
  return markdown.replace(/\\(.)/g, "$1");
}

/** What is said of a question in the latest message that shows it. */
function saidOf({ update }: Asked, world: NoticesWorld): string | undefined {
  const tag = `:${update.members[0]?.tag}@`;
  const inLists = `-> ${update.members[0]?.tag}@`;
  for (const { embeds } of world.api.messages.toReversed())
    for (const { description: markdown = "" } of embeds) {
      const description = unescape(markdown);
      const lines = description.split("\n");
      const line = lines.findIndex((text) => text.includes(inLists));
      if (line !== -1) return lines.slice(line, line + 2).join("\n");
      if (description.includes(tag)) return description;
    }
  return undefined;
}

function checkAll(world: NoticesWorld, { asked, announced, pipelines }: ReturnType<typeof deliveryModel>): void {
  const texts = world.api.messages.map((message) => unescape(textOf(message)));
  for (const name of announced.slice(0, 25))
    expect(
      texts.filter((text) => text.includes(`${name}:`)),
      name,
    ).toHaveLength(1);
  for (const [number, state] of pipelines)
    for (const channel of ["1", "2"]) {
      const told = world.api.messages.filter((message) => message.channelId === channel);
      const ours = told.map((message) => unescape(textOf(message))).filter((text) => text.includes(`#${number}`));
      expect(ours, `pipeline ${number} in channel ${channel}`).toEqual([expect.stringContaining(`Pipeline ${state}`)]);
    }
  const controls = world.api.messages.flatMap((message) =>
    controlsOf(message)
      .filter((control) => !/^talos1:.*:(defer|ignore)$/.test(control))
      .map((control) => control.replace(/^talos1:answer:(.*):push$/, "$1")),
  );
  const open = asked.filter(({ fact }) => fact === "open").map(({ id }) => id);
  expect(controls.toSorted()).toEqual(open.toSorted());
  for (const one of asked) {
    const said = saidOf(one, world);
    // The message of the second asking may never have come: it was over by then.
    const isOfFirst = one.isAskedAgain && said?.includes("Deferred, and asked again in a later message.");
    if (said !== undefined && !isOfFirst) expect(said, `${one.id} ${one.fact}`).toMatch(words[one.fact]);
  }
}

test("Whatever happens, dies or gets lost: every notice is told once, every question and pipeline is shown as it is, no button is dead.", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 8 }), async (moments) => {
      const { world, model } = await live(moments);
      checkAll(world, model);
    }),
    { numRuns: 150 },
  );
});
