import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTags } from "../images/compare-tags.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";
import { sizes } from "../images/size.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { defaultPolicy, type Policy, strategies } from "../policy/policy.ts";
import type { Lookup, LookupFailure } from "../registries/registry.ts";
import { decideTarget } from "./decide-target.ts";
import type { Quarantined } from "./quarantine.ts";
import type { Facts, Member, Need, Sighting, Target } from "./target.ts";
import type { Verdict } from "./verdict.ts";

const nowMs = Date.parse("2026-03-04T12:00:00Z"); // a Wednesday
const moment = { nowMs, timeZone: "UTC" };
const dayMs = 86_400_000;

/** Tags with the digests they answer; a failure instead of a digest or of the whole list. */
type World = Readonly<Record<string, Readonly<Record<string, string | LookupFailure>> | LookupFailure>>;

describe("a single reference", () => {
  const cases: readonly (readonly [
    title: string,
    image: string,
    policy: string | Partial<Policy>,
    world: World,
    expected: string,
  ])[] = [
    [
      "is current when its digest is the newest",
      "app:1.2.3@d1",
      "+!",
      { app: { "1.2.3": "d1" } },
      "current [digest-same]",
    ],
    ["is pinned when it is not", "app:1.2.3", "+!", { app: { "1.2.3": "d1" } }, "update push app:1.2.3@d1 digest"],
    [
      "goes to the highest version its strategy pushes",
      "app:1.2.3@d1",
      "+!",
      { app: { "1.2.3": "d1", "1.2.4": "d2", "2.0.0": "d3" } },
      "update push app:2.0.0@d3 major",
    ],
    [
      "is pushed to the patch and asked about the major",
      "app:1.2.3@d1",
      "+:!!!?",
      { app: { "1.2.3": "d1", "1.2.4": "d2", "2.0.0": "d3" } },
      "update prompt app:2.0.0@d3 major, push app:1.2.4@d2 patch",
    ],
    [
      "is pushed, asked about and told of three versions",
      "app:1.2.3@d1",
      "+:.!?*",
      { app: { "1.2.3": "d1", "1.2.4": "d2", "1.3.0": "d3", "2.0.0": "d4" } },
      "update notify app:2.0.0@d4 major, prompt app:1.3.0@d3 minor, push app:1.2.4@d2 patch",
    ],
    [
      "is not told of less than what is pushed",
      "app:1.2.3@d1",
      "+:!*?!",
      { app: { "1.2.3": "d1", "1.2.4": "d2", "1.3.0": "d3", "2.0.0": "d4" } },
      "update push app:2.0.0@d4 major",
    ],
    [
      "is asked once when two sizes are prompted",
      "app:1.2.3@d1",
      "+?",
      { app: { "1.2.3": "d9", "1.2.4": "d2", "2.0.0": "d4" } },
      "update prompt app:2.0.0@d4 major",
    ],
    [
      "gets the patch when the major is skipped",
      "app:1.2.3@d1",
      "+:!!!.",
      { app: { "1.2.3": "d1", "1.2.4": "d2", "2.0.0": "d3" } },
      "update push app:1.2.4@d2 patch [strategy-skip]",
    ],
    [
      "stays below its bump",
      "app:1.2.3@d1",
      "^!",
      { app: { "1.2.3": "d1", "2.0.0": "d3" } },
      "current [above-bump digest-same]",
    ],
    [
      "has its digest pushed while a larger step is asked about",
      "app:1.2.3@d1",
      "+:!???",
      { app: { "1.2.3": "d9", "2.0.0": "d3" } },
      "update prompt app:2.0.0@d3 major, push app:1.2.3@d9 digest",
    ],
    [
      "leaves its digest alone when a larger step is pushed",
      "app:1.2.3@d1",
      "+!",
      { app: { "1.2.3": "d9", "1.2.4": "d3" } },
      "update push app:1.2.4@d3 patch",
    ],
    [
      "is no update when a candidate has the pinned digest",
      "app:1.2.3@d4",
      "+!",
      { app: { "1.2.3": "d1", "1.2.4": "d4" } },
      "current [digest-same]",
    ],
    [
      "never steps back to the digest of a text that lags",
      "app:1.2.3@d4",
      "@!",
      { app: { "1.2.3": "d1", "1.2.4": "d4", "1.2.5": "d5" } },
      "current [above-bump digest-same]",
    ],
    [
      "never steps back below the version it is pinned to",
      "app:1.2.3@d6",
      "+:!!!!",
      { app: { "1.2.3": "d1", "1.2.4": "d4", "2.0.0": "d6" } },
      "current [digest-same]",
    ],
    [
      "follows the digest of a floating tag",
      "app:latest@d1",
      "@!",
      { app: { latest: "d2" } },
      "update push app:latest@d2 digest",
    ],
    ["without a tag is latest", "app", "@!", { app: { latest: "d2" } }, "update push app:latest@d2 digest"],
    [
      "without a tag is unknown when there is no latest",
      "app",
      "+!",
      { app: { "1.0.0": "d2" } },
      "unknown [tag-not-found]",
    ],
    ["whose tag is gone is unknown", "app:1.2.3", "+!", { app: { "1.1.0": "d2" } }, "unknown [tag-not-found]"],
    [
      "whose tag is gone goes on to the next version",
      "app:1.2.3",
      "+!",
      { app: { "1.3.0": "d2" } },
      "update push app:1.3.0@d2 minor",
    ],
    [
      "passes over a listed tag without a manifest",
      "app:1.2.3@d1",
      "+!",
      { app: { "1.2.3": "d1", "1.2.4": missing("1.2.4"), "1.2.5": missing("1.2.5") } },
      "current [digest-same]",
    ],
    [
      "is unknown when the list cannot be read",
      "app:1.2.3",
      "+!",
      { app: failure("unreachable") },
      "unknown [unreachable]",
    ],
    [
      "is unknown when a digest cannot be read",
      "app:1.2.3@d1",
      "+!",
      { app: { "1.2.3": "d1", "1.2.4": failure("throttled") } },
      "unknown [rate-limited]",
    ],
    [
      "is unknown when its own digest cannot be read",
      "app:1.2.3@d1",
      "+!",
      { app: { "1.2.3": failure("denied") } },
      "unknown [unauthorized]",
    ],
    [
      "keeps digests out without a pin",
      "app:1.2.3",
      { pin: false },
      { app: { "1.2.3": "d1", "1.2.4": "d2" } },
      "update push app:1.2.4 patch",
    ],
    [
      "has nothing to follow without a pin on a floating tag",
      "app:latest",
      { pin: false },
      { app: { latest: "d1" } },
      "current [no-newer-tag]",
    ],
    [
      "is not called the newest where a newer one is above the bump",
      "app:1.2.3",
      { pin: false, bump: "digest" },
      { app: { "1.2.3": "d1", "1.3.0": "d2" } },
      "current [above-bump]",
    ],
    [
      "loses its digest with the next version when the pin is off",
      "app:1.2.3@d1",
      { pin: false },
      { app: { "1.2.3": "d7", "1.2.4": "d2" } },
      "update push app:1.2.4 patch",
    ],
    [
      "passes over ignored tags",
      "app:1.2.3@d1",
      { ignore: [{ kind: "exact", text: "1.2.5" }] },
      { app: { "1.2.3": "d1", "1.2.4": "d2", "1.2.5": "d3" } },
      "update push app:1.2.4@d2 patch [ignored-tag]",
    ],
    [
      "takes allowed tags only",
      "app:1.2.3@d1",
      { allow: [{ kind: "range", text: "<2" }] },
      { app: { "1.2.3": "d1", "1.9.0": "d2", "2.0.0": "d3" } },
      "update push app:1.9.0@d2 minor [ignored-tag]",
    ],
    [
      "does not look at digests that are skipped",
      "app:1.2.3@d1",
      "+:.!!!",
      { app: { "1.2.3": "d7" } },
      "current [strategy-skip]",
    ],
    [
      "goes to a higher build",
      "app:1.2.3-ls4@d1",
      "@!",
      { app: { "1.2.3-ls4": "d1", "1.2.3-ls5": "d2", "1.2.4-ls6": "d3" } },
      "update push app:1.2.3-ls5@d2 digest [above-bump]",
    ],
    [
      "keeps the author's spelling",
      "docker.io/library/app:1@d1",
      "+!",
      { app: { "1": "d1", "2": "d2" } },
      "update push docker.io/library/app:2@d2 major",
    ],
  ];
  test.each(cases)("%s", (_title, image, policy, world, expected) => {
    expect(describeVerdict(decide([["app", image]], toPolicy(policy), world).verdicts[0])).toBe(expected);
  });

  test("asks for no digest but those the decision turns on", () => {
    const world = { app: { "1.2.3": "d1", "1.2.4": "d2", "1.2.5": "d3", "1.3.0": "d4" } };
    expect(decide([["app", "app:1.2.3@d1"]], toPolicy("^!"), world).asked).toEqual([
      "tags library/app",
      "digest library/app 1.3.0",
    ]);
    expect(decide([["app", "app:1.3.0@d4"]], toPolicy("^!"), world).asked).toEqual([
      "tags library/app",
      "digest library/app 1.3.0",
    ]);
    expect(decide([["app", "app:latest"]], toPolicy("^!"), { app: { latest: "d1" } }).asked).toEqual([
      "digest library/app latest",
    ]);
  });
});

describe("an age", () => {
  const aged = { ageSeconds: 3 * 86_400 };
  const seen = (entries: Readonly<Record<string, readonly (readonly [digest: string, days: number])[]>>) => entries;

  test("holds what was first seen just now", () => {
    const { verdicts } = decide([["app", "app:1.2.3@d1"]], toPolicy(aged), { app: { "1.2.3": "d1", "1.2.4": "d2" } });
    expect(describeVerdict(verdicts[0])).toBe("held [not-aged digest-same]");
  });

  test("takes the newest version that has aged", () => {
    const world = { app: { "1.2.3": "d1", "1.2.4": "d2", "1.2.5": "d3" } };
    const sightings = seen({ "1.2.4": [["d2", 4]], "1.2.5": [["d3", 1]] });
    const { verdicts } = decide([["app", "app:1.2.3@d1"]], toPolicy(aged), world, sightings);
    expect(describeVerdict(verdicts[0])).toBe("update push app:1.2.4@d2 patch [not-aged]");
  });

  test("takes an earlier digest of a tag that moves every day", () => {
    const world = { app: { nightly: "d5", d3: "d3" } };
    const sightings = seen({
      nightly: [
        ["d2", 5],
        ["d3", 4],
        ["d4", 2],
        ["d5", 0],
      ],
    });
    const { verdicts } = decide([["app", "app:nightly@d2"]], toPolicy(aged), world, sightings);
    expect(describeVerdict(verdicts[0])).toBe("update push app:nightly@d3 digest");
  });

  test("never takes an earlier digest than the pinned one", () => {
    const sightings = seen({
      nightly: [
        ["d2", 5],
        ["d4", 2],
        ["d5", 0],
      ],
    });
    const { verdicts } = decide(
      [["app", "app:nightly@d4"]],
      toPolicy(aged),
      { app: { nightly: "d5", d2: "d2" } },
      sightings,
    );
    expect(describeVerdict(verdicts[0])).toBe("held [not-aged]");
  });

  test("never takes a digest that the registry has no more", () => {
    const sightings = seen({
      nightly: [
        ["d2", 5],
        ["d5", 0],
      ],
    });
    const { verdicts } = decide([["app", "app:nightly@d1"]], toPolicy(aged), { app: { nightly: "d5" } }, sightings);
    expect(describeVerdict(verdicts[0])).toBe("held [not-aged]");
  });
});

describe("a delivery window", () => {
  const window = [{ days: [6], fromMinute: 0, toMinute: 600, timeZone: undefined, text: "Sat 00:00-10:00" }];

  test("holds what would be pushed outside of it", () => {
    const { verdicts } = decide([["app", "app:1.2.3@d1"]], toPolicy({ window }), {
      app: { "1.2.3": "d1", "1.2.4": "d2" },
    });
    expect(describeVerdict(verdicts[0])).toBe("held [outside-window]");
  });

  test("does not hold a question", () => {
    const policy = { ...toPolicy("+:!!!?"), window };
    const { verdicts } = decide([["app", "app:1.2.3@d1"]], policy, {
      app: { "1.2.3": "d1", "1.2.4": "d2", "2.0.0": "d3" },
    });
    expect(describeVerdict(verdicts[0])).toBe("update prompt app:2.0.0@d3 major [outside-window]");
  });
});

describe("a sync group", () => {
  const server = ["server", "server:v1.0.0@d1"] as const;
  const worker = ["worker", "worker:v1.0.0@d2"] as const;
  const cases: readonly (readonly [
    title: string,
    members: readonly (readonly [string, string])[],
    policy: string,
    world: World,
    expected: readonly string[],
  ])[] = [
    [
      "goes to the highest version all members have",
      [server, worker],
      "+!",
      { server: { "v1.0.0": "d1", "v1.1.0": "d3", "v1.2.0": "d5" }, worker: { "v1.0.0": "d2", "v1.1.0": "d4" } },
      ["update push server:v1.1.0@d3 minor [group-waiting]", "update push worker:v1.1.0@d4 minor [group-waiting]"],
    ],
    [
      "waits until the other member has it",
      [server, worker],
      "+!",
      { server: { "v1.0.0": "d1", "v1.1.0": "d3" }, worker: { "v1.0.0": "d2" } },
      ["held [group-waiting digest-same]", "held [group-waiting digest-same]"],
    ],
    [
      "keeps each member in its own family",
      [server, ["cuda", "worker:v1.0.0-cuda@d2"]],
      "+!",
      { server: { "v1.0.0": "d1", "v1.1.0": "d3" }, worker: { "v1.1.0": "d8", "v1.1.0-cuda": "d4" } },
      ["update push server:v1.1.0@d3 minor", "update push worker:v1.1.0-cuda@d4 minor"],
    ],
    [
      "brings a member that is behind up to the others",
      [["server", "server:v1.1.0@d3"], worker],
      "+!",
      { server: { "v1.1.0": "d3" }, worker: { "v1.0.0": "d2", "v1.1.0": "d4" } },
      ["current [no-newer-tag]", "update push worker:v1.1.0@d4 minor"],
    ],
    [
      "is held when no version is common",
      [
        ["server", "server:v1.0.0@d1"],
        ["worker", "worker:v2.0.0@d2"],
      ],
      "+!",
      { server: { "v1.0.0": "d1" }, worker: { "v2.0.0": "d2" } },
      ["held [digest-same group-waiting]", "held [digest-same group-waiting]"],
    ],
    [
      "decides nothing when one member cannot be looked up",
      [server, worker],
      "+!",
      { server: { "v1.0.0": "d1", "v1.1.0": "d3" }, worker: failure("unreachable") },
      ["held [group-waiting]", "unknown [unreachable]"],
    ],
    [
      "pushes a lower common version while a higher one is asked about",
      [server, worker],
      "+:!!!?",
      {
        server: { "v1.0.0": "d1", "v1.0.1": "d3", "v2.0.0": "d5" },
        worker: { "v1.0.0": "d2", "v1.0.1": "d4", "v2.0.0": "d6" },
      },
      [
        "update prompt server:v2.0.0@d5 major, push server:v1.0.1@d3 patch",
        "update prompt worker:v2.0.0@d6 major, push worker:v1.0.1@d4 patch",
      ],
    ],
    [
      "leaves digests alone unless told to follow them",
      [server, worker],
      "+!",
      { server: { "v1.0.0": "d8" }, worker: { "v1.0.0": "d9" } },
      ["current [no-newer-tag]", "current [no-newer-tag]"],
    ],
  ];
  test.each(cases)("%s", (_title, members, policy, world, expected) => {
    expect(decide(members, toPolicy(policy), world, {}, false).verdicts.map(describeVerdict)).toEqual(expected);
  });

  test("pins all members anew when it follows digests", () => {
    const world = { server: { "v1.0.0": "d8" }, worker: { "v1.0.0": "d2" } };
    expect(decide([server, worker], toPolicy("+!"), world, {}, true).verdicts.map(describeVerdict)).toEqual([
      "update push server:v1.0.0@d8 digest",
      "current [no-newer-tag]",
    ]);
  });
});

describe("whatever the registry holds", () => {
  const tag = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((numbers) => numbers.join("."));
  const digest = fc
    .nat(12)
    .map((number): string | LookupFailure => (number === 0 ? failure("unreachable") : `d${number}`));
  const policy = fc.record({
    bump: fc.constantFrom(...sizes),
    strategy: fc.record({
      digest: fc.constantFrom(...strategies),
      patch: fc.constantFrom(...strategies),
      minor: fc.constantFrom(...strategies),
      major: fc.constantFrom(...strategies),
    }),
  });
  const rank = { notify: 1, prompt: 2, push: 3 };

  test("only higher versions are proposed, the surer the lower, each asked for once", () => {
    fc.assert(
      fc.property(tag, fc.dictionary(tag, digest, { maxKeys: 12 }), policy, (current, tags, changes) => {
        const { verdicts, asked } = decide(
          [["app", `app:${current}@d1`]],
          { ...defaultPolicy, ...changes },
          { app: tags },
        );
        const proposals = verdicts[0]?.proposals ?? [];
        expect(new Set(asked).size).toBe(asked.length);
        for (const [index, proposal] of proposals.entries()) {
          expect(compareTags(proposal.tag, current)).toBeGreaterThanOrEqual(0);
          expect(changes.strategy[proposal.size]).toBe(proposal.strategy);
          const lower = proposals[index + 1];
          if (lower === undefined) continue;
          expect(compareTags(proposal.tag, lower.tag)).toBeGreaterThan(0);
          expect(rank[lower.strategy]).toBeGreaterThan(rank[proposal.strategy]);
        }
        const hasFailed = asked.some((need) => typeof tags[need.split(" ")[2] ?? ""] === "object");
        if (hasFailed) expect(verdicts[0]?.kind).toBe("unknown");
      }),
    );
  });
});

describe("a version that people have decided about", () => {
  const app = { app: { "1.1.0": "d1", "1.1.5": "d15", "1.2.0": "d2", "2.0.0": "d3" } };
  const cases: readonly (readonly [
    title: string,
    image: string,
    policy: string,
    world: World,
    quarantine: readonly (readonly [kind: Quarantined["kind"], tag: string, digest: string])[],
    expected: string,
  ])[] = [
    [
      "is not proposed again once undone, nor anything up to it",
      "app:1.1.0@d1",
      "^!",
      app,
      [["reverted", "1.2.0", "d2"]],
      "held [above-bump reverted digest-same]",
    ],
    [
      "is followed by the next",
      "app:1.1.0@d1",
      "^!",
      { app: { ...app.app, "1.2.1": "d21" } },
      [["reverted", "1.2.0", "d2"]],
      "update push app:1.2.1@d21 minor [above-bump]",
    ],
    [
      "is held also when its tag was pushed again",
      "app:1.1.0@d1",
      "^!",
      { app: { "1.1.0": "d1", "1.2.0": "d9" } },
      [["reverted", "1.2.0", "d2"]],
      "held [reverted digest-same]",
    ],
    [
      "keeps the tag in use where it is",
      "app:1.1.0@d0",
      "^!",
      { app: { "1.1.0": "d1" } },
      [["reverted", "1.2.0", "d2"]],
      "held [reverted]",
    ],
    [
      "lets a lower one go where it was only declined",
      "app:1.1.0@d1",
      "^!",
      app,
      [["declined", "1.2.0", "d2"]],
      "update push app:1.1.5@d15 patch [above-bump declined]",
    ],
    [
      "is held where nothing else is left",
      "app:1.1.5@d15",
      "^!",
      app,
      [["declined", "1.2.0", "d2"]],
      "held [above-bump declined digest-same]",
    ],
    [
      "is one digest of a tag",
      "app:latest@d1",
      "@!",
      { app: { latest: "d2" } },
      [["reverted", "latest", "d2"]],
      "held [reverted]",
    ],
    [
      "is one digest of a tag, and not the next",
      "app:latest@d1",
      "@!",
      { app: { latest: "d3" } },
      [["reverted", "latest", "d2"]],
      "update push app:latest@d3 digest",
    ],
    [
      "does not go while somebody holds the target",
      "app:1.1.0@d1",
      "^!",
      app,
      [["held", "", ""]],
      "held [above-bump on-hold]",
    ],
    ["leaves a held target current that is", "app:2.0.0@d3", "^!", app, [["held", "", ""]], "current [digest-same]"],
  ];
  test.each(cases)("%s", (_title, image, policy, world, decided, expected) => {
    const quarantine = decided.map(([kind, tag, digest]) => ({ kind, by: "ada", versions: [{ tag, digest }] }));
    const { verdicts } = decide([["app", image]], toPolicy(policy), world, {}, true, quarantine);
    expect(describeVerdict(verdicts[0])).toBe(expected);
  });
});

function toPolicy(written: string | Partial<Policy>): Policy {
  const pushed = { digest: "push", patch: "push", minor: "push", major: "push" } as const;
  if (typeof written !== "string") return { ...defaultPolicy, bump: "major", strategy: pushed, ...written };
  const short = { kind: "scalar", text: written, at: { line: 1, column: 1 } } as const;
  const reading = parsePolicy({ long: undefined, short }, defaultPolicy);
  if (reading.kind !== "valid") throw new Error(`not a policy: ${written}`);
  return reading.policy;
}

function toMember([name, image]: readonly [string, string]): Member {
  const [text = "", digest] = image.split("@");
  const parsed = parseImageReference(text);
  if (parsed.kind === "invalid") throw new Error(parsed.text);
  return { name, image: { ...parsed.reference, digest, tag: parsed.reference.tag ?? "latest" } };
}

function decide(
  members: readonly (readonly [string, string])[],
  policy: Policy,
  world: World,
  seen: Readonly<Record<string, readonly (readonly [string, number])[]>> = {},
  followsDigest = true,
  quarantine: readonly Quarantined[] = [],
): { readonly verdicts: readonly Verdict[]; readonly asked: readonly string[] } {
  const target: Target = {
    members: members.map(toMember),
    policy,
    group: members.length > 1 ? "g" : undefined,
    followsDigest,
    quarantine,
  };
  const asked = new Set<string>();
  const log: string[] = [];
  const facts: Facts = {
    tags: (repository) => (asked.has(`tags ${repository.path}`) ? listTags(world, repository.path) : undefined),
    digest: (repository, reference) =>
      asked.has(`digest ${repository.path} ${reference}`) ? readDigest(world, repository.path, reference) : undefined,
    sightings: (_repository, tag) =>
      (seen[tag] ?? []).map(([digest, days]): Sighting => ({ digest, firstSeenMs: nowMs - days * dayMs })),
  };
  const deciding = decideTarget(target, facts, moment);
  let next = deciding.next();
  while (next.done !== true) {
    for (const need of next.value) {
      asked.add(describeNeed(need));
      log.push(describeNeed(need));
    }
    next = deciding.next();
  }
  return { verdicts: next.value, asked: log };
}

function describeNeed(need: Need): string {
  return need.kind === "tags" ? `tags ${need.repository.path}` : `digest ${need.repository.path} ${need.reference}`;
}

function listTags(world: World, path: string): Lookup<readonly string[]> {
  const tags = world[path.replace("library/", "")];
  if (tags === undefined) return failure("repository-missing");
  return "kind" in tags && typeof tags.kind === "string" && "text" in tags
    ? failure("unreachable")
    : { kind: "found", value: Object.keys(tags) };
}

function readDigest(world: World, path: string, reference: string): Lookup<string> {
  const tags = world[path.replace("library/", "")];
  if (tags === undefined || "text" in tags) return failure("unreachable");
  const digest = Object.entries(tags).find(([tag]) => tag === reference)?.[1] ?? missing(reference);
  return typeof digest === "string" ? { kind: "found", value: digest } : digest;
}

function failure(kind: LookupFailure["kind"]): LookupFailure {
  return { kind, text: `${kind} it is`, hint: undefined };
}

function missing(tag: string): LookupFailure {
  return { kind: "tag-missing", text: `there is no ${tag}`, hint: undefined };
}

/** `update push app:1.2.4@d2 patch [above-bump]` */
function describeVerdict(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "no verdict";
  const proposals = verdict.proposals.map(({ strategy, to, size }) => ` ${strategy} ${to} ${size}`).join(",");
  const codes = verdict.reasons.map(({ code }) => code);
  return `${verdict.kind}${proposals}${codes.length === 0 ? "" : ` [${codes.join(" ")}]`}`;
}
