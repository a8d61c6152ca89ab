import { expect, test } from "vitest";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { isBehind } from "./is-behind.ts";

test.each([
  ["2.0.0", "2.0.1", true],
  ["2.0.0", "2.0.0", true],
  ["2.0.0", "1.0.1", false],
  ["latest", "1.0.1", false],
  ["2.0.0-alpine", "2.0.1", false],
])("A refusal of %s is settled by the delivery of %s: %s.", (refused, delivered, isSettled) => {
  const update = makeUpdate([`docker.io/library/web:${delivered}`]);
  const members = [{ id: update.members[0]?.id ?? "", tag: refused }];
  expect(isBehind(members, update)).toBe(isSettled);
});
