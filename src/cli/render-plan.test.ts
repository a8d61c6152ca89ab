import { expect, test } from "vitest";
import type { PlanDocument, PlannedReference } from "../updates/plan-document.ts";
import { renderPlan } from "./render-plan.ts";
import type { Terminal } from "./terminal.ts";

const digest = `sha256:${"0a8020af".padEnd(64, "0")}`;

test("a plan with nothing to do is one line", () => {
  expect(render([reference({ verdict: "current" }), reference({ verdict: "skipped" })])).toEqual([
    "nothing to update, 1 current, 1 skipped; 3 requests in 0.4 s",
  ]);
});

test("a plan without images says so", () => {
  expect(render([])).toEqual([expect.stringMatching(/^no images found/)]);
});

test("updates stand below their file, with every proposal in a line of its own", () => {
  const proposals = [
    proposal(`nginx:2.0.0@${digest}`, "major", "prompt"),
    proposal(`nginx:1.25.4@${digest}`, "patch", "push"),
  ];
  const moved = [proposal(`redis:latest@${digest}`, "digest", "push")];
  expect(
    render([
      reference({ verdict: "update", proposals }),
      reference({ name: "cache", image: "redis", verdict: "update", proposals: moved }),
    ]),
  ).toEqual([
    "         current       newest           size",
    "app/compose.yml",
    "  web    nginx:1.25.3  2.0.0            major   prompt",
    "                       1.25.4           patch   push",
    "  cache  redis         latest@0a8020af  digest  push",
    "",
    "2 updates (2 push, 1 prompt); 3 requests in 0.4 s",
  ]);
});

test("what waits, failed or was not understood says why in a line below", () => {
  const lines = render([
    reference({
      verdict: "held",
      newest: { tag: "1.26.0", size: "minor" },
      reasons: [
        { code: "digest-same", text: "-" },
        { code: "not-aged", text: "too new" },
      ],
    }),
    reference({ verdict: "unknown", reasons: [{ code: "unreachable", text: "gone\u001b[2J" }] }),
    reference({ verdict: "skipped", reasons: [{ code: "policy-invalid", text: "4:5: no such key" }] }),
    reference({
      verdict: "unknown",
      file: "bad.yml",
      pointer: "",
      name: "",
      image: "",
      reasons: [{ code: "file-invalid", text: "line 1: not YAML" }],
    }),
  ]);
  expect(lines.slice(1, -2)).toEqual([
    "app/compose.yml",
    "  web  nginx:1.25.3  1.26.0  minor  held",
    "    too new",
    "  web  nginx:1.25.3                 unknown",
    "    line 3: gone\\u001b[2J",
    "  web  nginx:1.25.3                 skipped (policy-invalid)",
    "    4:5: no such key",
    "bad.yml",
    "    line 1: not YAML",
  ]);
});

test("where there is no room for the names of images their tags must do", () => {
  const image = "registry.example.com/team/a-very-long-name-of-an-image:1.2.3";
  const lines = render([reference({ image, verdict: "held", newest: { tag: "1.3.0", size: "minor" } })], 40);
  expect(lines[2]).toBe("  web  1.2.3    1.3.0   minor  held");
});

test("files of several sources are told apart", () => {
  const lines = render([reference({ source: "a", verdict: "held" }), reference({ source: "b", verdict: "held" })]);
  expect(lines.filter((line) => line.endsWith("compose.yml"))).toEqual(["a: app/compose.yml", "b: app/compose.yml"]);
});

type PlannedProposal = PlannedReference["proposals"][number];

function proposal(to: string, size: PlannedProposal["size"], strategy: PlannedProposal["strategy"]): PlannedProposal {
  return { to, size, strategy, edits: [] };
}

function reference(changes: Partial<PlannedReference>): PlannedReference {
  return {
    id: "compose:app/compose.yml#services.web.image",
    kind: "compose",
    source: ".",
    file: "app/compose.yml",
    pointer: "services.web.image",
    line: 3,
    name: "web",
    image: "nginx:1.25.3",
    policy: null,
    verdict: "current",
    newest: null,
    proposals: [],
    reasons: [],
    ...changes,
  };
}

function render(references: readonly PlannedReference[], columns?: number): readonly string[] {
  const count = (verdict: string) => references.filter((one) => one.verdict === verdict).length;
  const plan: PlanDocument = {
    version: 1,
    references: [...references],
    summary: {
      references: references.length,
      current: count("current"),
      update: count("update"),
      held: count("held"),
      skipped: count("skipped"),
      unknown: count("unknown"),
      requests: { head: 2, get: 1 },
      seconds: 0.4,
    },
  };
  const terminal: Terminal = {
    out: () => undefined,
    err: () => undefined,
    columns,
    isLive: false,
    canAsk: false,
    style: (_format, text) => text,
  };
  return renderPlan(plan, terminal);
}
