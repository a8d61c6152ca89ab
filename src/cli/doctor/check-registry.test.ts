import { expect, test } from "vitest";
import type { RateLimit } from "../../registries/rate-limit.ts";
import type { Lookup, Registries } from "../../registries/registry.ts";
import { checkRegistry } from "./check-registry.ts";

const image = { written: "redis", domain: "docker.io", path: "library/redis", tag: "7", digest: undefined };

function check(answer: Lookup<string>, rate?: RateLimit) {
  const registries: Pick<Registries, "readDigest"> = { readDigest: async () => answer };
  return checkRegistry(image, registries, () => rate, new AbortController().signal);
}

test.each([
  [{ kind: "found", value: "sha256:0" }, "passes"],
  [{ kind: "tag-missing", text: "t", hint: "h" }, "passes"],
  [{ kind: "repository-missing", text: "t", hint: "h" }, "notes"],
  [{ kind: "throttled", text: "t", hint: "h" }, "notes"],
  [{ kind: "denied", text: "t", hint: "h" }, "fails"],
  [{ kind: "unreachable", text: "t", hint: "h" }, "fails"],
  [{ kind: "bad-answer", text: "t", hint: "h" }, "fails"],
] as const)("an answer %j %s", async (answer, outcome) => {
  expect(await check(answer)).toMatchObject([{ name: "registry docker.io", outcome }]);
});

test.each([
  [95, 21_600, "passes", "95 of 100 pulls are left for 6 hours"],
  [9, 600, "notes", "9 of 100 pulls are left for 10 minutes"],
  [0, undefined, "notes", "0 of 100 pulls are left"],
])("%i pulls that are left %s", async (remaining, resetSeconds, outcome, text) => {
  const rate = { limit: 100, remaining, resetSeconds, isResetKnown: true };
  const [, budget] = await check({ kind: "found", value: "sha256:0" }, rate);
  expect(budget).toMatchObject({ outcome, text });
});
