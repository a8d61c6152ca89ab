import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCustomId, type Press, parseCustomId } from "./custom-id.ts";

const id = fc.uuid();
const number = fc.nat(9999);
const answer = fc.constantFrom("push" as const, "defer" as const, "ignore" as const);
const press: fc.Arbitrary<Press> = fc.oneof(
  fc.record({ kind: fc.constant("answer" as const), questionId: id, answer }),
  fc.record({ kind: fc.constant("choose-questions" as const), messageId: id }),
  fc.record({ kind: fc.constant("answer-chosen" as const), messageId: id, answer }),
  fc.record({ kind: fc.constant("page" as const), answerId: id, page: number }),
  fc.record({ kind: fc.constant("choice" as const), answerId: id, index: number }),
  fc.record({ kind: fc.constant("choose" as const), answerId: id, select: number }),
  fc.record({ kind: fc.constant("cancel" as const), runId: id }),
);

test("what is written is read again, and Discord takes it", () => {
  fc.assert(
    fc.property(press, (given) => {
      const customId = formatCustomId(given);
      expect(customId.length).toBeLessThanOrEqual(100);
      expect(parseCustomId(customId)).toEqual(given);
    }),
  );
});

test("whatever is read is written as it was: nothing has two custom ids", () => {
  const forged = fc.oneof(
    fc.string(),
    fc
      .tuple(
        fc.constantFrom("talos1", "talos2"),
        fc.constantFrom("answer", "page", "cancel", "chosen"),
        fc.string(),
        fc.string(),
      )
      .map((parts) => parts.join(":")),
    fc.tuple(press.map(formatCustomId), fc.string()).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(forged, (customId) => {
      const read = parseCustomId(customId);
      if (read !== undefined) expect(formatCustomId(read)).toBe(customId);
    }),
  );
});

test.each([
  "",
  "talos1",
  "talos2:cancel:1",
  "talos1:cancel:",
  "talos1:cancel:1:2",
  "talos1:cancel:a b",
  "talos1:page:1",
  "talos1:page:1:-1",
  "talos1:page:1:01",
  "talos1:page:1:10000",
  "talos1:page:1:push",
  "talos1:answer:1:delete",
  "talos1:answer:1:1",
  "talos1:constructor:1",
  "talos1:page:1:1\n",
  `talos1:cancel:${"x".repeat(65)}`,
])("%j is not of this program", (customId) => {
  expect(parseCustomId(customId)).toBeUndefined();
});
