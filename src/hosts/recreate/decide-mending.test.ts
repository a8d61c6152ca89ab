import { expect, test } from "vitest";
import { makeContainer } from "../../../test/fixtures/make-container.ts";
import type { Container } from "../container.ts";
import { decideMending } from "./decide-mending.ts";

const id = "a".repeat(64);
const freshId = "b".repeat(64);
const [kept, interim] = ["web-before-aaaaaaaaaaaa", "web-after-aaaaaaaaaaaa"];
const old = (name: string, state: Container["state"]) => makeContainer({ id, name, state });
const fresh = (name: string, state: Container["state"]) => makeContainer({ id: freshId, name, state });
const strange = (name: string, state: Container["state"] = "running") =>
  makeContainer({ id: "c".repeat(64), name, state });
const [remove, rename, start] = [
  { kind: "remove", id: freshId },
  { kind: "rename", id },
  { kind: "start", id },
];
const early = { host: "nas", name: "web", id, isRunning: true };
const noted = { ...early, freshId };

test.each([
  ["nothing was made", early, [old("web", "running")], []],
  ["it was made and nobody heard of it", early, [old("web", "running"), fresh(interim, "created")], [remove]],
  ["somebody stopped it before Talos did", early, [old("web", "exited")], []],
  ["somebody has started what bears that name", early, [old("web", "running"), strange(interim)], []],
  ["the engine is stopping it", noted, [old("web", "running"), fresh(interim, "created")], [remove, start]],
  ["it is stopped", noted, [old("web", "exited"), fresh(interim, "created")], [remove, start]],
  ["it gave its name away", noted, [old(kept, "exited"), fresh(interim, "created")], [remove, rename, start]],
  ["the new one has the name", noted, [old(kept, "exited"), fresh("web", "created")], [remove, rename, start]],
  ["the new one is gone", noted, [old(kept, "exited")], [rename, start]],
  ["it never ran", { ...noted, isRunning: false }, [old(kept, "exited"), fresh("web", "created")], [remove, rename]],
  ["the new one runs", noted, [old(kept, "exited"), fresh("web", "running")], [{ kind: "remove", id }]],
  ["the new one ran", noted, [old(kept, "exited"), fresh("web", "exited")], [{ kind: "remove", id }]],
  ["the new one alone is there", noted, [fresh("web", "running")], []],
  ["somebody's container has the name", noted, [old(kept, "exited"), strange("web")], []],
  ["somebody has renamed it", noted, [old("mine", "exited"), fresh("web", "running")], []],
  ["only what looks like it is there", noted, [strange(kept, "exited"), strange(interim, "created")], []],
] as const)("where %s", (_, note, containers, steps) => {
  expect(decideMending(note, containers).steps).toEqual(steps);
});
