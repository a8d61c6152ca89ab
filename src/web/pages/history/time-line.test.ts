import { expect, test } from "vitest";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { timeLine } from "./time-line.ts";

let position = 0;
const happened = (changes: Omit<Partial<LoggedEvent>, "kind"> & { readonly kind: string }): LoggedEvent => {
  position += 1;
  const event = { position, atMs: position * 1000, actor: "talos", cause: "policy", text: "it happened", ...changes };
  return event as LoggedEvent;
};
const pipeline = (commit: string, link: string, state: string) =>
  happened({ kind: "pipeline", commit, link, facts: { state } });

test("what came in one commit is one item, with the latest word of each of its pipelines", () => {
  const first = happened({ kind: "delivered", commit: "c1" });
  const second = happened({ kind: "delivered", commit: "c1" });
  const other = happened({ kind: "queued" });
  pipeline("c1", "https://ci/1", "unseen");
  const events = [
    first,
    second,
    other,
    pipeline("c1", "https://ci/1", "running"),
    pipeline("c1", "https://ci/2", "failed"),
    pipeline("c1", "https://ci/1", "success"),
  ];
  const items = timeLine(events);
  expect(items.map(({ kind }) => kind)).toEqual(["event", "commit"]);
  const [, commit] = items;
  expect(commit).toMatchObject({ commit: "c1", delivered: [first, second], atMs: first.atMs });
  expect(commit?.kind === "commit" && commit.pipelines.map(({ facts }) => facts?.state)).toEqual(["success", "failed"]);
});

test("a pipeline whose commit is not loaded stands by itself, once", () => {
  const items = timeLine([pipeline("c9", "https://ci/9", "running"), pipeline("c9", "https://ci/9", "failed")]);
  expect(items).toMatchObject([{ kind: "event", event: { facts: { state: "failed" } } }]);
});

test("the same commit id in two sources is two commits", () => {
  const events = [
    happened({ kind: "delivered", source: "a", commit: "c1" }),
    happened({ kind: "delivered", source: "b", commit: "c1" }),
  ];
  expect(timeLine(events).map(({ kind }) => kind)).toEqual(["commit", "commit"]);
});

test("no event is lost but a pipeline's earlier word", () => {
  const events = [happened({ kind: "queued" }), happened({ kind: "delivered" }), happened({ kind: "operation" })];
  expect(timeLine(events)).toHaveLength(3);
});
