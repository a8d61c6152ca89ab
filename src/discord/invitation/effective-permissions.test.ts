import fc from "fast-check";
import { expect, test } from "vitest";
import { effectivePermissions, type Overwrite } from "./effective-permissions.ts";

const view = 1n << 10n;
const send = 1n << 11n;
const administrator = 1n << 3n;
const guild = "1";
const member = { id: "9", roleIds: ["2", "3"] };
const roles = [
  { id: guild, permissions: view },
  { id: "2", permissions: send },
  { id: "3", permissions: 0n },
  { id: "4", permissions: administrator },
];
const allow = (id: string, bits: bigint): Overwrite => ({ id, allow: bits, deny: 0n });
const deny = (id: string, bits: bigint): Overwrite => ({ id, allow: 0n, deny: bits });

test.each<[string, readonly Overwrite[], bigint]>([
  ["nothing: the roles decide", [], view | send],
  ["denied to everyone", [deny(guild, view)], send],
  ["denied to everyone, allowed to a role", [deny(guild, view), allow("2", view)], view | send],
  ["allowed to everyone, denied to a role", [allow(guild, view), deny("2", view)], send],
  ["denied to one role, allowed to another", [deny("2", send), allow("3", send)], view | send],
  ["allowed to a role, denied to the member", [allow("2", view), deny("9", view)], send],
  ["denied to a role, allowed to the member", [deny("2", view), allow("9", view)], view | send],
  ["of a role the member has not, and of another member", [deny("4", view), deny("8", send)], view | send],
])("overwrites %s", (_, overwrites, expected) => {
  expect(effectivePermissions(guild, roles, member, overwrites)).toBe(expected);
  expect(effectivePermissions(guild, roles, member, overwrites.toReversed())).toBe(expected);
});

test("an administrator may do everything, whatever a channel says", () => {
  const owner = { id: "9", roleIds: ["4"] };
  const found = effectivePermissions(guild, roles, owner, [deny(guild, view), deny("9", view | send)]);
  expect(found & (view | send)).toBe(view | send);
});

test("what is said of the member itself decides", () => {
  const overwrite = fc.record({
    id: fc.constantFrom(guild, "2", "3", "4"),
    allow: fc.bigInt(0n, 7n),
    deny: fc.bigInt(0n, 7n),
  });
  fc.assert(
    fc.property(fc.uniqueArray(overwrite, { selector: ({ id }) => id }), fc.bigInt(0n, 7n), (others, bits) => {
      expect(effectivePermissions(guild, roles, member, [...others, allow("9", bits)]) & bits).toBe(bits);
      expect(effectivePermissions(guild, roles, member, [deny("9", bits), ...others]) & bits).toBe(0n);
    }),
  );
});
