import fc from "fast-check";
import { expect, test } from "vitest";
import { parseHostKey } from "./parse-host-key.ts";

function makeKey(type: string, ...values: readonly Uint8Array[]): string {
  const parts = [Buffer.from(type), ...values].flatMap((value) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(value.length);
    return [length, value];
  });
  return Buffer.concat(parts).toString("base64");
}

const point = new Uint8Array(32).fill(7);
const ed25519 = makeKey("ssh-ed25519", point);

test.each([
  ["ssh-ed25519", ed25519],
  ["ssh-rsa", makeKey("ssh-rsa", new Uint8Array([1, 0, 1]), new Uint8Array(257).fill(9))],
  ["ecdsa-sha2-nistp384", makeKey("ecdsa-sha2-nistp384", Buffer.from("nistp384"), new Uint8Array(97).fill(4))],
  ["sk-ssh-ed25519@openssh.com", makeKey("sk-ssh-ed25519@openssh.com", point, Buffer.from("ssh:"))],
])("a key of type %s is read, and its comment dropped", (type, key) => {
  expect(parseHostKey(`${type} ${key}`)).toEqual({ value: `${type} ${key}` });
  expect(parseHostKey(`${type}\t ${key}  root@nas in the cellar`)).toEqual({ value: `${type} ${key}` });
});

const example = "must be one public key such as `ssh-ed25519 AAAA…`";

test.each([
  [`ssh-ed25519 ${ed25519}\nssh-ed25519 ${ed25519}`, `${example}, on a single line`],
  [`nas ssh-ed25519 ${ed25519}`, `${example}, without \`nas\` before it`],
  [`ssh-dss ${makeKey("ssh-dss", point)}`, `${example}; the type \`ssh-dss\` is none that OpenSSH takes`],
  ["SHA256:0VF2YaQ", `${example}: a fingerprint does not tell the key`],
  [ed25519, `${example}; the type \`${ed25519}\` is none that OpenSSH takes`],
  ["ssh-ed25519", `${example}: this key is not whole`],
  ["ssh-ed25519 AAAA…", `${example}: this key is not whole`],
  [`ssh-ed25519 ${ed25519.slice(0, 40)}`, `${example}: this key is not whole`],
  [`ssh-ed25519 ${makeKey("ssh-ed25519", point, point)}`, `${example}: this key is not whole`],
  [`ssh-ed25519 ${makeKey("ssh-ed25518", point)}`, `${example}: this key is called ssh-ed25519, and is none`],
  ["constructor AAAA", `${example}; the type \`constructor\` is none that OpenSSH takes`],
  ["-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2", "must be the host's public key, never a private one"],
])("%j is refused", (written, problem) => {
  expect(parseHostKey(written)).toEqual({ problem });
});

test("whatever is accepted is one line of two words", () => {
  const word = fc.oneof(fc.string(), fc.constantFrom("ssh-ed25519", ed25519, " ", "\n", "=", "\0"));
  fc.assert(
    fc.property(fc.array(word), fc.constantFrom("", " "), (words, separator) => {
      const parsed = parseHostKey(words.join(separator));
      if ("value" in parsed) expect(parsed.value).toMatch(/^[\w@.-]+ [A-Za-z0-9+/]+=*$/);
    }),
  );
});
