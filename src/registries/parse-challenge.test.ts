import fc from "fast-check";
import { expect, test } from "vitest";
import { parseChallenges } from "./parse-challenge.ts";

test.each([
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/redis:pull"',
    [
      [
        "bearer",
        {
          realm: "https://auth.docker.io/token",
          service: "registry.docker.io",
          scope: "repository:library/redis:pull",
        },
      ],
    ],
  ],
  [
    'Bearer realm="https://x/t", scope="repository:a:pull,push"',
    [["bearer", { realm: "https://x/t", scope: "repository:a:pull,push" }]],
  ],
  ["Bearer realm=https://x/t,service=y", [["bearer", { realm: "https://x/t", service: "y" }]]],
  ['bEARER Realm = "https://x/t"', [["bearer", { realm: "https://x/t" }]]],
  ['Basic realm="Registry \\"one\\", the first"', [["basic", { realm: 'Registry "one", the first' }]]],
  [
    'Basic realm="a", Bearer realm="b",service="c"',
    [
      ["basic", { realm: "a" }],
      ["bearer", { realm: "b", service: "c" }],
    ],
  ],
  [
    'Negotiate, Basic realm="a"',
    [
      ["negotiate", {}],
      ["basic", { realm: "a" }],
    ],
  ],
  [
    "Negotiate YIIabc==, Basic",
    [
      ["negotiate", {}],
      ["basic", {}],
    ],
  ],
  ["Basic", [["basic", {}]]],
  [", ,Basic,", [["basic", {}]]],
  ["", []],
  ['realm="nobody"', []],
  ["Bearer realm=", [["bearer", {}]]],
])("%j is read as %j.", (header, expected) => {
  expect(parseChallenges(header).map(({ scheme, parameters }) => [scheme, { ...parameters }])).toEqual(expected);
});

test("What is sent as a header of any kind is read without failing.", () => {
  const piece = fc.constantFrom(
    "Bearer",
    "Basic",
    " ",
    ",",
    "=",
    '"',
    "\\",
    "realm",
    'realm="x"',
    "a=b",
    "==",
    "\t",
    "é",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (header) => {
      for (const { scheme } of parseChallenges(header)) expect(scheme).toBe(scheme.toLowerCase());
    }),
  );
});

test("Every parameter that is written comes back.", () => {
  const parameters = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { minKeys: 1, maxKeys: 5 });
  fc.assert(
    fc.property(parameters, (expected) => {
      const written = Object.entries(expected).map(
        ([name, value]) => `${name}="${value.replaceAll(/["\\]/g, "\\$&")}"`,
      );
      expect({ ...parseChallenges(`Bearer ${written.join(", ")}`)[0]?.parameters }).toEqual({ ...expected });
    }),
  );
});

test("A long hostile header costs little.", () => {
  // What takes more than linear time here does not end within the test's time.
  for (const text of ['a="', "a=", "a ", '"', "\\", "=,"])
    expect(parseChallenges(text.repeat(100_000))).toBeInstanceOf(Array);
});
