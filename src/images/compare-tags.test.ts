import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTags } from "./compare-tags.ts";
import { rankCandidates } from "./rank-candidates.ts";
import { relateTag } from "./relate-tag.ts";
import { isFloatingTag, parseTag } from "./tag.ts";

/** Few values of each part, so that tags of one family, equal ones and neighbours are frequent. */
const number = fc.constantFrom("0", "1", "2", "9", "10", "02", "04", "007", "22", "2024", "20240115", "9".repeat(20));
const prefix = fc.constantFrom("", "", "", "v", "release-", "jammy-", "arm64v8-", "RELEASE.");
const preRelease = fc.constantFrom("", "", "-rc.1", "-rc2", "rc10", "-beta", ".dev3", "-SNAPSHOT", "-nightly.20240115");
const build = fc.constantFrom(
  "",
  "",
  "-1",
  "-2",
  "-ls9",
  "-ls10",
  "-debian-11-r9",
  "-debian-12-r1",
  "-3.4",
  "-1a2b3c4",
);
const variant = fc.constantFrom("", "", "-alpine", "-alpine3.20", "-slim-bookworm");
const numbers = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));
const date = fc.constantFrom("20240115", "20240201", "2024-01-15", "2024-01-15T16-07-38Z", "240115", "202401151230");
const version = fc
  .tuple(
    prefix,
    fc.oneof({ weight: 5, arbitrary: numbers }, { weight: 1, arbitrary: date }),
    preRelease,
    variant,
    build,
  )
  .map((parts) => parts.join(""));
const tag = fc.oneof(
  { weight: 9, arbitrary: version },
  { weight: 1, arbitrary: fc.constantFrom("latest", "stable-alpine", "sha-1a2b3c4", "1234567", "pr-12", "") },
);
const plain = fc.array(fc.constantFrom("1", "2", "10", "11"), { minLength: 3, maxLength: 3 });

const sign = (value: number | undefined) => (value === undefined ? undefined : Math.sign(value) + 0);

describe("the order of tags", () => {
  test("is the opposite one the other way round, and defined both ways or neither", () => {
    fc.assert(
      fc.property(tag, tag, (a, b) => {
        const order = compareTags(a, b);
        expect(sign(compareTags(b, a))).toBe(order === undefined ? undefined : sign(0 - order));
      }),
    );
  });

  test("is transitive within a family", () => {
    const same = fc
      .tuple(plain, plain, plain, preRelease, preRelease, preRelease)
      .map(([a, b, c, x, y, z]) => [`${a.join(".")}${x}`, `${b.join(".")}${y}`, `${c.join(".")}${z}`]);
    fc.assert(
      fc.property(fc.oneof(same, fc.tuple(tag, tag, tag)), ([a = "", b = "", c = ""]) => {
        const [ab, bc, ac] = [compareTags(a, b), compareTags(b, c), compareTags(a, c)];
        fc.pre(ab !== undefined && bc !== undefined && ac !== undefined && ab <= 0 && bc <= 0);
        expect(ac).toBeLessThanOrEqual(0);
        if (ab < 0 || bc < 0) expect(ac).toBeLessThan(0);
      }),
    );
  });

  test("knows every tag as equal to itself", () => {
    fc.assert(fc.property(fc.oneof(tag, fc.string()), (text) => compareTags(text, text) === 0));
  });

  test.each([
    ["1.9007199254740993", "1.9007199254740992", 1],
    ["1.0.0-rc.1", "1.0.0", -1],
    ["1.0.0-rc1", "1.0.0-rc.1", 0],
    ["1.2.3-1a2b3c4", "1.2.3-9a2b3c4", 0],
    ["22.10", "24.04", -1],
    ["20.04", "4.6", undefined],
    ["1.2.3", "v1.2.4", undefined],
    ["latest", "latest", 0],
    ["latest", "1.2.3", undefined],
    ["1234567", "1234568", undefined],
  ])("of %s and %s", (a, b, expected) => {
    expect(sign(compareTags(a, b))).toBe(expected);
  });
});

describe("ranking", () => {
  test("gives strictly newer tags of the family, highest first, whatever the order of the list", () => {
    const lists = fc.array(tag, { maxLength: 30 }).chain((tags) => fc.tuple(fc.constant(tags), shuffled(tags)));
    fc.assert(
      fc.property(tag, lists, (current, [tags, others]) => {
        const ranked = rankCandidates(current, tags);
        expect(rankCandidates(current, others)).toEqual(ranked);
        for (const [index, candidate] of ranked.entries()) {
          expect(tags).toContain(candidate.tag);
          expect(compareTags(current, candidate.tag)).toBeLessThan(0);
          const next = ranked[index + 1];
          if (next !== undefined) expect(compareTags(candidate.tag, next.tag) ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test("says of each tag what relating it says", () => {
    fc.assert(
      fc.property(tag, fc.uniqueArray(tag, { maxLength: 20 }), (current, tags) => {
        const ranked = new Map(rankCandidates(current, tags).map((candidate) => [candidate.tag, candidate.size]));
        for (const text of tags) {
          const relation = relateTag(current, text);
          expect(relation.kind === "candidate" ? relation.size : undefined).toBe(ranked.get(text));
        }
      }),
    );
  });

  test("measures by the first number that differs", () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const index = a.findIndex((digits, place) => digits !== b[place]);
        const isHigher = Number(b[index]) > Number(a[index]);
        const expected = isHigher ? [{ tag: b.join("."), size: ["major", "minor", "patch"][index] }] : [];
        expect(rankCandidates(a.join("."), [b.join(".")])).toEqual(expected);
      }),
    );
  });

  test("offers nobody on a release a pre-release", () => {
    fc.assert(
      fc.property(tag, fc.array(tag, { maxLength: 20 }), (current, tags) => {
        const parsed = parseTag(current);
        fc.pre("preRelease" in parsed && parsed.preRelease.length === 0);
        for (const candidate of rankCandidates(current, tags))
          expect(parseTag(candidate.tag)).toHaveProperty("preRelease", []);
      }),
    );
  });
});

describe("any text", () => {
  const characters = fc.constantFrom(..."0123456789abcdefrvulsTZ.-_+@ ".split(""), "é", "rc", "beta", "2024", "sha-");
  const nearly = fc.array(characters, { maxLength: 40 }).map((pieces) => pieces.join(""));

  test("is parsed without an exception, and its parts put together are the text", () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ unit: "binary" })), nearly, (text, other) => {
        const parsed = parseTag(text);
        expect(isFloatingTag(text)).toBe(parsed.kind === "floating" || parsed.kind === "commit");
        if ("prefix" in parsed) {
          expect(text.startsWith(parsed.prefix) && text.endsWith(parsed.suffix)).toBe(true);
          expect(parsed.numbers.every((digits) => /^\d+$/.test(digits))).toBe(true);
        }
        expect(relateTag(text, other)).toHaveProperty("kind");
        rankCandidates(text, [other, text]);
      }),
    );
  });

  test.each(["1", "a", "0", ".", "-", "1.", "-1", "1a", "a1.", "-rc.1", "-r1", "1u", "-debian-1-r1", "abcdef1.", "v1"])(
    "of any length takes linear time: %s repeated",
    (piece) => {
      const long = piece.repeat(30_000);
      expect(rankCandidates(`1${long}`, [long, `1${long}`, `2${long}`, `1.${long}1`]).length).toBeLessThan(4);
    },
  );
});

function shuffled(tags: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.shuffledSubarray([...tags], { minLength: tags.length, maxLength: tags.length });
}
