import fc from "fast-check";
import { expect, test } from "vitest";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { addNewer, addOlder, type EventList } from "./event-list.ts";

const event = (position: number): LoggedEvent => ({
  position,
  kind: "queued",
  atMs: position,
  actor: "talos",
  cause: "policy",
  text: `event ${position}`,
});
const list = (positions: readonly number[], before?: number): EventList => ({ events: positions.map(event), before });

test("an older page comes before, and says where the next one ends", () => {
  const joined = addOlder(list([4, 5], 4), list([1, 2, 3], undefined));
  expect(joined).toEqual(list([1, 2, 3, 4, 5]));
});

test("whatever is told twice is there once, and the order is that of the log", () => {
  const batches = fc.array(fc.tuple(fc.nat(20), fc.nat(10)));
  fc.assert(
    fc.property(batches, (given) => {
      let shown = list([]);
      let known = 0;
      for (const [back, count] of given) {
        const from = Math.max(0, known - back);
        const positions = Array.from({ length: count }, (_, index) => from + index + 1);
        shown = addNewer(shown, positions.map(event));
        known = Math.max(known, from + count);
      }
      expect(shown.events.map(({ position }) => position)).toEqual(Array.from({ length: known }, (_, i) => i + 1));
    }),
  );
});

test("nothing new leaves the list as it is", () => {
  const shown = list([1, 2]);
  expect(addNewer(shown, [event(2)])).toBe(shown);
});
