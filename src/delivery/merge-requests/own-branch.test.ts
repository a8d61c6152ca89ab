import fc from "fast-check";
import { expect, test } from "vitest";
import { ownBranch } from "./own-branch.ts";

const target = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }),
  fc
    .tuple(fc.constantFrom("compose", "dockerfile", "yaml", "env"), fc.string(), fc.string())
    .map(([kind, file, pointer]) => `${kind}:${file}.yml#/services/${pointer}`),
  fc.string().map((name) => `group:${name}`),
);

test("a branch can be read and tells its target", () => {
  expect(ownBranch("compose:web/compose.yml#/services/web")).toMatch(/^talos\/web-compose-web-[0-9a-f]{10}$/);
  expect(ownBranch("group:Immich")).toMatch(/^talos\/immich-[0-9a-f]{10}$/);
  expect(ownBranch("compose:a/compose.yml#/services/web/image")).toMatch(/^talos\/a-compose-web-[0-9a-f]{10}$/);
});

test("the name of a branch stays the same from version to version", () => {
  expect(ownBranch("compose:web/compose.yml#/services/web")).toBe("talos/web-compose-web-0770565466");
});

test("every target gets a name that git accepts, of at most 80 characters", () => {
  fc.assert(
    fc.property(target, (text) => {
      const branch = ownBranch(text);
      // Words of letters and digits between single hyphens keep every rule of git check-ref-format.
      expect(branch).toMatch(/^talos\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(branch.length).toBeLessThanOrEqual(80);
    }),
  );
});

test("of a long target the end is kept", () => {
  const branch = ownBranch(`compose:${"folder/".repeat(30)}compose.yml#/services/web`);
  expect(branch).toMatch(/-folder-compose-web-[0-9a-f]{10}$/);
  expect(branch.length).toBeLessThanOrEqual(80);
});

test("two targets never share a branch, however alike they read", () => {
  fc.assert(
    fc.property(target, target, (a, b) => {
      fc.pre(a !== b);
      expect(ownBranch(a)).not.toBe(ownBranch(b));
    }),
  );
  const alike = [
    "compose:web.yml#/services/a",
    "compose:web.yaml#/services/a",
    "yaml:web.yml#/a",
    "compose:WEB.yml#/a",
  ];
  expect(new Set(alike.map((text) => ownBranch(text))).size).toBe(alike.length);
});

test("one target in two branches of one repository has two branches", () => {
  expect(ownBranch("group:a", "git.example/x#main")).not.toBe(ownBranch("group:a", "git.example/x#next"));
});
