import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { connectionArguments, sessionArguments } from "./ssh-arguments.ts";
import type { SshTarget } from "./ssh-target.ts";

const files = { controlSocket: "/run/t 1/c", engineSocket: "/run/t 1/e", pinnedKeys: "/run/t 1/k" };
const target: SshTarget = {
  host: "nas",
  port: 2222,
  user: undefined,
  identityFile: "/keys/100% nas",
  knownHosts: { kind: "usual" },
};
const patience = { connectSeconds: 15, aliveSeconds: 10 };
const word = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", " ", "*", "~", "=", "-", ";", "a") }),
);
const words = fc.array(
  word.map((text) => text.replaceAll("\0", "")),
  { maxLength: 10 },
);

test("a shell at the other end reads exactly the words and settings that were given", () => {
  fc.assert(
    fc.property(words, word, (given, value) => {
      const setting = value.replaceAll("\0", "");
      const show = 'printf "%s\\0" "$SETTING" "$@"';
      const line = sessionArguments(files, ["sh", "-c", show, "sh", ...given], { SETTING: setting }).at(-1) ?? "";
      const output = execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" });
      expect(output.split("\0").slice(0, -1)).toEqual([setting, ...given]);
    }),
    { numRuns: 50 },
  );
});

test("a session never makes a connection of its own", () => {
  const all = sessionArguments(files, ["true"], {});
  expect(all).toContain("ProxyCommand=false");
  expect(all).toContain("ControlMaster=no");
  expect(all.slice(-3)[0]).toBe("--");
});

test("paths reach ssh whole, whatever is in them", () => {
  const all = connectionArguments(target, files, "/run/my docker:1%.sock", patience);
  expect(all).toContain('IdentityFile="/keys/100%% nas"');
  expect(all).toContain('ControlPath="/run/t 1/c"');
  expect(all).toContain("LocalForward=/run/t\\ 1/e /run/my\\ docker\\:1%%.sock");
  expect(all.slice(-2)).toEqual(["--", "nas"]);
});

test("host keys are checked against what was set, and nothing else", () => {
  const of = (knownHosts: SshTarget["knownHosts"]) =>
    connectionArguments({ ...target, knownHosts }, files, "/s", patience).filter((each) => /Known|Alias/.test(each));
  expect(of({ kind: "usual" })).toEqual([]);
  expect(of({ kind: "file", path: "/k" })).toEqual([
    'UserKnownHostsFile="/k"',
    "GlobalKnownHostsFile=/dev/null",
    "KnownHostsCommand=none",
  ]);
  expect(of({ kind: "pinned", key: "ssh-ed25519 AAAA" })).toEqual([
    'UserKnownHostsFile="/run/t 1/k"',
    "GlobalKnownHostsFile=/dev/null",
    "KnownHostsCommand=none",
    "HostKeyAlias=talos-host",
  ]);
});
