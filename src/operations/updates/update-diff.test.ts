import { applyPatch } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { askOperation } from "../../../test/fixtures/ask-operation.ts";
import {
  fakeTalos,
  infra,
  letterOf,
  planned,
  plannedUpdate,
  questionOf,
  recordOf,
  waitingOf,
} from "../../../test/fixtures/fake-talos.ts";
import { unifiedDiff } from "./unified-diff.ts";

const web = plannedUpdate("web");
const headings = (view: readonly object[]) =>
  view.flatMap((part) => ("heading" in part && "text" in part ? [part.text] : []));

function talosWith(...references: Parameters<typeof recordOf>[0]) {
  const talos = fakeTalos();
  talos.state.records[infra] = recordOf(references);
  return talos;
}

test("what is proposed, asked, queued or failed is shown as a diff of its files", async () => {
  const code = { type: "code", text: expect.stringContaining("-image: web:1.0.0\n+image: web:1.1.0") };
  const change = "web:1.0.0 -> 1.1.0";
  const talos = talosWith(web);
  const ask = async () => (await askOperation(talos, "update diff", { reference: "web" })).view;
  expect(await ask()).toEqual([{ type: "text", heading: true, text: `push: ${change}` }, code]);
  talos.state.questions.push(questionOf(web));
  expect(headings(await ask())).toEqual([`asks you: ${change}`]);
  talos.state.questions.splice(0);
  talos.state.queue.push(waitingOf(web));
  expect(headings(await ask())).toEqual([`queued: ${change}`]);
  talos.state.queue.splice(0);
  talos.state.letters.push(letterOf(web));
  expect(headings(await ask())).toEqual([`dead letter: ${change}`]);
});

test("a group is shown with all its files, and each strategy by itself", async () => {
  const policy = { skip: false, sync: { role: "child", group: "immich", id: "a" } } as never;
  const member = (name: string, file: string) =>
    plannedUpdate(name, {
      file,
      policy,
      proposals: [
        { to: `${name}:1.1.0`, size: "minor", strategy: "push", group: "immich", edits: [] },
        { to: `${name}:2.0.0`, size: "major", strategy: "prompt", group: "immich", edits: [] },
      ],
    });
  const talos = talosWith(member("server", "a/compose.yml"), member("worker", "b/compose.yml"));
  const { view } = await askOperation(talos, "update diff", { reference: "group:immich" });
  expect(headings(view)).toEqual([
    "push: server:1.0.0 -> 1.1.0, and 1 more",
    "prompt: server:1.0.0 -> 2.0.0, and 1 more",
  ]);
  expect(view.flatMap((part) => (part.type === "code" ? [part.text.split("\n")[0]] : []))).toEqual([
    "--- a/a/compose.yml",
    "--- a/b/compose.yml",
    "--- a/a/compose.yml",
    "--- a/b/compose.yml",
  ]);
});

test("where nothing is newer, or the name means nothing, that is said", async () => {
  const talos = talosWith(web, planned("db"));
  expect((await askOperation(talos, "update diff", { reference: "db" })).view).toMatchObject([
    { tone: "quiet", text: "nothing newer waits for db" },
  ]);
  expect(await askOperation(talos, "update diff", { reference: "wbe" })).toMatchObject({ code: "target-not-found" });
});

test("a diff says every byte: applied to the one text it gives the other", async () => {
  const line = fc.oneof(fc.constantFrom("", " ", "\t", "a\r", "image: x", "\u2028", "- "), fc.string());
  const text = fc.tuple(fc.array(line), fc.boolean()).map(([lines, isEnded]) => {
    const joined = lines.map((one) => one.replaceAll("\n", "")).join("\n");
    return isEnded && joined !== "" ? `${joined}\n` : joined;
  });
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const diff = await unifiedDiff({ path: "compose.yml", before, after });
      expect(applyPatch(before, `${diff}\n`, { autoConvertLineEndings: false })).toBe(after);
    }),
  );
});

test("a diff has the lines that change, and not those around them", async () => {
  const before = "web:\n  image: web:1\n  environment: { PASSWORD: hunter2 }\n";
  const diff = await unifiedDiff({ path: "compose.yml", before, after: before.replace("web:1", "web:2") });
  expect(diff).toBe("--- a/compose.yml\n+++ b/compose.yml\n@@ -2,1 +2,1 @@\n-  image: web:1\n+  image: web:2");
});
