import { MessageCreateRequestSchema } from "discord-api-spec/zod";
import fc from "fast-check";
import { expect, test } from "vitest";
import { textOf } from "../../../../test/fixtures/fake-discord-api.ts";
import type { ShownPipeline } from "../../board/board.ts";
import { writeBoardMessage } from "./write-board-message.ts";

const finished: ShownPipeline = {
  type: "pipeline",
  key: "gitlab https://git.example/me/infra#12",
  number: "12",
  state: "succeeded",
  project: "me/infra",
  ref: "main",
  durationSeconds: 3723,
  link: "https://git.example/me/infra/-/pipelines/12",
  commit: "0a8020af".repeat(5),
  commitLink: "https://git.example/me/infra/-/commit/0a8020af",
  message: "[Talos] Updating images\n\ncompose.yml\n  web: web:1.0.0 -> web:1.0.1\n",
};

function write(changes: Partial<ShownPipeline> = {}) {
  const content = { ...finished, ...changes };
  return writeBoardMessage({ markMs: 1, channelId: "1", isDue: true, changedMs: 0, content });
}

test("A pipeline that is over says how, how long it took, of what, and where to look.", () => {
  expect(textOf(write())).toBe(
    [
      "**Pipeline completed**",
      "-# me/infra » main",
      "Pipeline [\\#12](<https://git.example/me/infra/-/pipelines/12>)",
      "Succeeded in 01\\:02\\:03",
      "Commit [0a8020af](<https://git.example/me/infra/-/commit/0a8020af>)",
      "",
      "\\[Talos\\] Updating images",
      "> compose.yml",
      "> web\\: web\\:1.0.0 -\\> web\\:1.0.1",
    ].join("\n"),
  );
});

test("Its bar and heading tell its state.", () => {
  const told = ["waiting", "running", "succeeded", "failed", "cancelled", "skipped", "of another version"].map(
    (state) => {
      const message = write({ state });
      return `${textOf(message).split("\n", 1).join()} ${message.embeds[0]?.color?.toString(16)}`;
    },
  );
  expect(told).toEqual([
    "**Pipeline waiting** 9b59b6",
    "**Pipeline running** 9b59b6",
    "**Pipeline completed** 2ecc71",
    "**Pipeline failed** ed4245",
    "**Pipeline cancelled** 95a5a6",
    "**Pipeline skipped** 95a5a6",
    "**Pipeline** 9b59b6",
  ]);
});

test("What a forge does not say is left out, and no address but one of the web becomes a link.", () => {
  const bare = {
    durationSeconds: undefined,
    message: undefined,
    commitLink: "javascript:alert(1)",
    link: "file:///etc",
  };
  const text = textOf(write({ ...bare, name: "build" }));
  expect(text.split("\n").slice(2)).toEqual(["Pipeline \\#12 (build)", "Succeeded", "Commit 0a8020af"]);
});

test("Whatever a forge sends, Discord takes the message, and nobody is mentioned.", () => {
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.constant("@everyone <@1> `x` [a](b) > *"));
  fc.assert(
    fc.property(text, text, text, fc.string({ maxLength: 5000 }), text, (project, ref, name, message, link) => {
      const written = write({ project, ref, name, message, link, commitLink: link });
      expect(MessageCreateRequestSchema.safeParse({ embeds: written.embeds }).success).toBe(true);
      expect(textOf(written).length).toBeLessThanOrEqual(4096);
      expect(textOf(written)).not.toMatch(/(?<!\\)@everyone|(?<!\\)<@/);
    }),
    { numRuns: 200 },
  );
});
