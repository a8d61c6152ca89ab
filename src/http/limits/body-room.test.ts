import { expect, test } from "vitest";
import { openBodyRoom } from "./body-room.ts";

const mebibyte = 1_048_576;

test("One address has room for 16 MiB, which is there again when they are given back.", () => {
  const room = openBodyRoom();
  const taken = Array.from({ length: 16 }, () => room.take("192.0.2.1", mebibyte));
  expect(taken).not.toContain(undefined);
  expect(room.take("192.0.2.1", 1)).toBeUndefined();
  expect(room.take("192.0.2.2", 1)).toBeDefined();
  taken[3]?.[Symbol.dispose]();
  expect(room.take("192.0.2.1", mebibyte + 1)).toBeUndefined();
  expect(room.take("192.0.2.1", mebibyte)).toBeDefined();
});

test("All addresses together have room for 128 MiB.", () => {
  const room = openBodyRoom();
  const taken = Array.from({ length: 8 }, (_, index) => room.take(`192.0.2.${index}`, 16 * mebibyte));
  expect(taken).not.toContain(undefined);
  expect(room.take("192.0.2.8", 1)).toBeUndefined();
  expect(room.take("192.0.2.8", 0)).toBeDefined();
  taken[0]?.[Symbol.dispose]();
  expect(room.take("192.0.2.8", 16 * mebibyte)).toBeDefined();
});
