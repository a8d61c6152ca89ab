import { expect, test } from "vitest";
import { type Access, describeRefusal, type Member, mayDo } from "./access.ts";

const guild = "100";
const rights = ["read", "operate", "admin"] as const;
const administrator = String(1n << 3n);
const manageServer = String((1n << 5n) | (1n << 40n));
const ordinary = String((1n << 11n) | (1n << 4n) | (1n << 6n));
/** The owner: all bits. */
const everything = String((1n << 53n) - 1n);

function member(facts: Partial<Member> = {}): Member {
  return { userId: "7", roleIds: ["1", "2"], permissions: ordinary, guildId: guild, ...facts };
}
const rule = (Roles: readonly string[], Users: readonly string[] = []) => ({ Roles: [...Roles], Users: [...Users] });

test.each<[string, Member, Parameters<typeof mayDo>[2]["Access"], readonly Access[]]>([
  ["without rules everyone may look", member(), {}, ["read"]],
  ["without rules Manage Server may do all", member({ permissions: manageServer }), {}, rights],
  ["an administrator has Manage Server", member({ permissions: administrator }), {}, rights],
  ["the owner has it", member({ permissions: everything }), {}, rights],
  ["in another server nobody may do anything", member({ permissions: everything, guildId: "101" }), {}, []],
  ["in a direct message nobody may do anything", member({ permissions: everything, guildId: undefined }), {}, []],
  ["forged permissions are none", member({ permissions: "-1" }), {}, ["read"]],
  ["a rule is for its roles", member(), { Read: rule(["2"]) }, ["read"]],
  ["a rule is for its users", member(), { Read: rule([], ["7"]) }, ["read"]],
  ["a rule is for nobody else", member(), { Read: rule(["3"], ["8"]) }, []],
  ["a role is not a user", member(), { Read: rule(["7"], ["1"]) }, []],
  ["whoever may operate may look", member(), { Read: rule(["3"]), Operate: rule(["1"]) }, ["read", "operate"]],
  ["whoever may administer may do all", member(), { Read: rule([]), Operate: rule([]), Admin: rule(["1"]) }, rights],
  ["operating is not administering", member(), { Operate: rule(["1"]) }, ["read", "operate"]],
  ["Manage Server keeps what is not set", member({ permissions: manageServer }), { Operate: rule(["3"]) }, rights],
  [
    "Manage Server has nothing where all is set",
    member({ permissions: manageServer }),
    { Read: rule(["3"]), Operate: rule(["3"]), Admin: rule(["3"]) },
    [],
  ],
  ["everyone has the server's own role", member({ roleIds: [] }), { Operate: rule([guild]) }, ["read", "operate"]],
  ["rules that name nobody are for nobody", member(), { Read: rule([]), Operate: rule([]), Admin: rule([]) }, []],
])("%s", (_, who, Access, expected) => {
  expect(rights.filter((right) => mayDo(who, right, { GuildId: guild, Access }))).toEqual(expected);
});

test("without a configured server nobody may do anything", () => {
  expect(mayDo(member({ permissions: everything }), "read", { GuildId: undefined, Access: {} })).toBe(false);
});

test("a refusal says who may", () => {
  const text = (access: Access, Access: Parameters<typeof describeRefusal>[1]["Access"]) =>
    describeRefusal(access, { Access }).markdown;
  expect(text("operate", {})).toBe("You may not do this. It is for members with the permission Manage Server.");
  expect(text("operate", { Operate: rule(["1"], ["7"]), Admin: rule(["1"]) })).toBe(
    "You may not do this. It is for <@&1>, <@7>.",
  );
  expect(text("admin", { Admin: rule([]) })).toMatch(/Nobody may/);
});
