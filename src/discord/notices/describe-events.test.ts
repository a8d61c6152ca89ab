import { expect, test } from "vitest";
import { fakeTalos } from "../../../test/fixtures/fake-talos.ts";
import { eventOf, questionEventOf, serviceUpdate } from "../../../test/fixtures/question-events.ts";
import type { ImageDescription } from "../../registries/registry.ts";
import { describeEvents } from "./describe-events.ts";

const signal = new AbortController().signal;
const web = serviceUpdate("web", "1.0.1");
const db = serviceUpdate("db", "1.0.1");
const never = () => new Promise<never>(() => undefined);

function describe(describeImage: (image: string) => Promise<ImageDescription | undefined>, pause = never) {
  const events = [questionEventOf("question-opened", "q1", web), eventOf("announced", db), eventOf("delivered", web)];
  return describeEvents(events, { talos: { ...fakeTalos(), describeImage }, pause }, signal);
}

test("What is asked and announced is described, and nothing else is looked up.", async () => {
  const asked: string[] = [];
  const told = await describe(async (image) => {
    asked.push(image);
    return { createdAt: new Date(5), labels: { "org.opencontainers.image.source": "https://github.com/a/b" } };
  });
  const about = { createdMs: 5, notes: { text: "Release notes", url: "https://github.com/a/b/releases" } };
  expect(asked).toEqual([web.members[0]?.to, db.members[0]?.to]);
  expect(told.map((one) => one.about)).toEqual([about, about, undefined]);
});

test("A look-up that fails, or a registry that does not answer, holds up no message.", async () => {
  const told = await describe(
    (image) => (image === web.members[0]?.to ? never() : Promise.reject(new Error("no"))),
    async () => undefined as never,
  );
  expect(told.map(({ event, about }) => [event.kind, about])).toEqual([
    ["question-opened", undefined],
    ["announced", undefined],
    ["delivered", undefined],
  ]);
});
