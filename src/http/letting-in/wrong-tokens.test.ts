import { expect, test } from "vitest";
import { countWrongTokens } from "./wrong-tokens.ts";

const noteTimes = (times: number, address: string, nowMs = 0, wrongTokens = countWrongTokens()) => {
  for (let time = 0; time < times; time += 1) wrongTokens.note(address, nowMs);
  return wrongTokens;
};

test("Ten wrong tokens within a minute make an address wait for the rest of it.", () => {
  expect(noteTimes(9, "10.0.0.1").waitSeconds("10.0.0.1", 0)).toBe(undefined);
  const wrongTokens = noteTimes(10, "10.0.0.1");
  expect(wrongTokens.waitSeconds("10.0.0.1", 15_000)).toBe(45);
  expect(wrongTokens.waitSeconds("10.0.0.1", 59_999)).toBe(1);
  expect(wrongTokens.waitSeconds("10.0.0.1", 60_000)).toBe(undefined);
  expect(wrongTokens.waitSeconds("10.0.0.2", 15_000)).toBe(undefined);
});

test("After the wait it begins anew.", () => {
  const wrongTokens = noteTimes(50, "10.0.0.1");
  expect(noteTimes(9, "10.0.0.1", 60_000, wrongTokens).waitSeconds("10.0.0.1", 60_000)).toBe(undefined);
  expect(noteTimes(1, "10.0.0.1", 60_000, wrongTokens).waitSeconds("10.0.0.1", 60_000)).toBe(60);
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"],
  ["2001:db8::1", "2001:db8:0:0:5:6:7:8"],
  ["::1", "::2"],
  ["1:2::3:4:5:6:7", "1:2:0:3::"],
])("%s and %s are in one network.", (one, other) => {
  expect(noteTimes(10, one).waitSeconds(other, 0)).toBe(60);
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:3::1"],
  ["1:2::3:4:5:6:7", "1:2::"],
  ["::1", "10.0.0.1"],
])("%s and %s are not.", (one, other) => {
  expect(noteTimes(10, one).waitSeconds(other, 0)).toBe(undefined);
});

test("Many addresses cost no memory: of 100,000 the latest 10,000 are known.", () => {
  const wrongTokens = countWrongTokens();
  const address = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  for (let index = 0; index < 100_000; index += 1) noteTimes(10, address(index), 0, wrongTokens);
  const known = Array.from({ length: 100_000 }, (_, index) => wrongTokens.waitSeconds(address(index), 0));
  expect(known.filter((wait) => wait !== undefined)).toHaveLength(10_000);
  expect(known.at(-10_000)).toBe(60);
});
