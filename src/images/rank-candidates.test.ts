import { describe, expect, test } from "vitest";
import { rankCandidates } from "./rank-candidates.ts";
import { relateTag } from "./relate-tag.ts";
import corpus from "./tags.corpus.json" with { type: "json" };

describe("the corpus of real tag lists", () => {
  for (const { repository, current, tags, candidates, why } of corpus) {
    test(`${repository}:${current} of ${tags.join(" ").slice(0, 80)}: ${why}`, () => {
      const ranked = rankCandidates(current, tags).map(({ tag, size }) => [tag, size]);
      expect(ranked).toEqual(candidates);
      expect(rankCandidates(current, tags.toReversed()).map(({ tag, size }) => [tag, size])).toEqual(candidates);
      for (const tag of tags) {
        const relation = relateTag(current, tag);
        const found = candidates.find(([name]) => name === tag);
        if (found !== undefined) expect(relation).toEqual({ kind: "candidate", size: found[1] });
        else expect(relation.kind).not.toBe("candidate");
      }
    });
  }

  test("has at least 300 cases, each with a reason and none twice", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(300);
    expect(corpus.filter(({ why }) => !/^.{10,}\.$/.test(why))).toEqual([]);
    expect(new Set(corpus.map((entry) => JSON.stringify(entry))).size).toBe(corpus.length);
  });
});
