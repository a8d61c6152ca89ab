import { type BrokenFile, brokenGroup, wrongPolicy } from "./broken-file.ts";

export const brokenPolicies: readonly BrokenFile[] = [
  wrongPolicy("a short form with an unknown character", '    x-tl: "^:!z"\n', /7:/, /z/, /push/),
  wrongPolicy("a short form that is too long", '    x-tl: "^:!!!!!"\n', /7:/, /four|4/),
  wrongPolicy("a short form without a bump", '    x-tl: "!"\n', /7:/, /\+/),
  wrongPolicy("a short form that is a map", "    x-tl: {bump: minor}\n", /7:/, /x-talos/),
  wrongPolicy("an unknown key", "    x-talos:\n      bumb: minor\n", /8:/, /bumb/, /bump/),
  wrongPolicy("an unknown size", "    x-talos: {bump: huge}\n", /7:/, /huge/, /major/),
  wrongPolicy("an unknown strategy", "    x-talos: {strategy: {minor: maybe}}\n", /7:/, /maybe/, /prompt/),
  wrongPolicy("a strategy of an unknown size", "    x-talos: {strategy: {huge: push}}\n", /7:/, /huge/),
  wrongPolicy("a boolean that is none", "    x-talos: {skip: perhaps}\n", /7:/, /perhaps/, /true/),
  wrongPolicy("an age without a unit", "    x-talos: {age: 3}\n", /7:/, /3d|unit/),
  wrongPolicy("a window that is none", "    x-talos: {window: sometimes}\n", /7:/, /sometimes/),
  wrongPolicy("a time zone that is none", '    x-talos: {window: "Mon-Fri Mars/Olympus"}\n', /7:/, /Mars/),
  wrongPolicy("an allow that is no pattern", '    x-talos: {allow: "/(/"}\n', /7:/, /\(/),
  wrongPolicy("an ignore that is no range", '    x-talos: {ignore: ">=1.2, <x y"}\n', /7:/, /range/),
  wrongPolicy("a policy that is a list", "    x-talos: [bump, minor]\n", /7:/, /keys and values/),
  wrongPolicy("a sync without a group", "    x-talos: {sync: {role: parent, id: a}}\n", /7:/, /group/),
  wrongPolicy("an unknown role", "    x-talos: {sync: {role: boss, group: g, id: a}}\n", /7:/, /boss/, /parent/),
  {
    title: "a Dockerfile policy with an unknown key",
    files: { Dockerfile: "FROM HOST/web:1.0.0\n# !talos bumb=minor\nFROM HOST/web:1.0.0\n# !tl ^!\n" },
    verdict: "skipped",
    code: "policy-invalid",
    line: 1,
    says: [/2:/, /bumb/],
  },
  {
    title: "a Dockerfile policy without a value",
    files: { Dockerfile: "FROM HOST/web:1.0.0\n# !talos bump\nFROM HOST/web:1.0.0\n# !tl ^!\n" },
    verdict: "skipped",
    code: "policy-invalid",
    line: 1,
    says: [/2:/, /bump/],
  },
  {
    title: "an .env policy with an unknown character",
    files: { ".env": "IMAGE=HOST/web:1.0.0\n# !tl ^:&\n" },
    verdict: "skipped",
    code: "policy-invalid",
    line: 1,
    says: [/2:/, /&/],
  },
  brokenGroup("two parents", 2, group("a", "parent") + group("b", "parent"), /2 parents/, /keep one/),
  brokenGroup("no parent", 1, group("a", "child"), /no parent/, /role: parent/),
  brokenGroup(
    "a missing child",
    2,
    group("a", "parent", ", children: [b, c]") + group("b", "child"),
    /lacks c/,
    /add it/,
  ),
  brokenGroup(
    "a child that is not listed",
    3,
    group("a", "parent", ", children: [c]") + group("b", "child") + group("c", "child"),
    /has b, which its parent does not list/,
    /children/,
  ),
  brokenGroup(
    "an id twice",
    3,
    group("a", "parent") + group("b", "child") + group("b", "child", "", "c"),
    /id b/,
    /its own/,
  ),
];

function group(id: string, role: string, more = "", name = id): string {
  return `  ${name}:\n    image: HOST/web:1.0.0\n    x-talos: {bump: minor, sync: {role: ${role}, group: GROUP, id: ${id}${more}}}\n`;
}
