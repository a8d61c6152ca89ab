import { expect, test } from "vitest";
import { eventOf, serviceUpdate } from "../../../test/fixtures/question-events.ts";
import type { LoggedEvent } from "../../events/events.ts";
import { awaitNews } from "./await-news.ts";

const event = eventOf("queued", serviceUpdate("web", "1.0.1"));
const never = new Promise<undefined>(() => undefined);

async function* log(...positions: readonly number[]): AsyncGenerator<LoggedEvent> {
  for (const position of positions) yield { position, event };
}

test("What was read already is no news.", async () => {
  const news = awaitNews(log(4, 5, 6, 7), 3);
  expect(await news.next(6, never)).toBe(6);
  expect(await news.next(7, never)).toBe("ended");
});

test("A log that begins anew is read from its beginning.", async () => {
  const news = awaitNews(log(4, 1, 2), 3);
  expect(await news.next(3, never)).toBe(3);
  expect(await news.next(4, never)).toBe(0);
  expect(await news.next(1, never)).toBe(1);
});

test("Who does not want to wait any longer does not, and misses nothing.", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* late(): AsyncGenerator<LoggedEvent> {
    await promise;
    yield* log(4);
  }
  const news = awaitNews(late(), 3);
  expect(await news.next(3, Promise.resolve())).toBeUndefined();
  resolve();
  expect(await news.next(3, never)).toBe(3);
});
