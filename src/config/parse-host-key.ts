/** The types of host keys that OpenSSH still takes, with how many values stand in a key behind its type. */
const types: Readonly<Record<string, number>> = {
  "ssh-ed25519": 1,
  "ecdsa-sha2-nistp256": 2,
  "ecdsa-sha2-nistp384": 2,
  "ecdsa-sha2-nistp521": 2,
  "ssh-rsa": 2,
  "sk-ssh-ed25519@openssh.com": 2,
  "sk-ecdsa-sha2-nistp256@openssh.com": 3,
};

const example = "one public key such as `ssh-ed25519 AAAA…`";

/** The public key of a host, as `<type> <base64>`: what it is called behind that is dropped. */
export function parseHostKey(written: string): { readonly value: string } | { readonly problem: string } {
  if (/PRIVATE KEY/.test(written)) return { problem: "must be the host's public key, never a private one" };
  if (/[\r\n]/.test(written)) return { problem: `must be ${example}, on a single line` };
  if (written.startsWith("SHA256:")) return { problem: `must be ${example}: a fingerprint does not tell the key` };
  const [type = "", key = "", third = ""] = written.split(/[ \t]+/);
  const count = Object.hasOwn(types, type) ? types[type] : undefined;
  if (count === undefined) {
    if (Object.hasOwn(types, key) && third !== "")
      return { problem: `must be ${example}, without \`${type}\` before it` };
    return { problem: `must be ${example}; the type \`${type}\` is none that OpenSSH takes` };
  }
  const values = readValues(key);
  const [inner, ...rest] = values ?? [];
  if (inner === undefined || rest.length !== count) return { problem: `must be ${example}: this key is not whole` };
  if (inner !== type) return { problem: `must be ${example}: this key is called ${type}, and is none` };
  return { value: `${type} ${key}` };
}

/** The values in a key, each with its length before it; the first is its type. undefined: it is damaged. */
function readValues(base64: string): readonly string[] | undefined {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== base64) return undefined;
  const values: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    values.push(bytes.toString("latin1", at + 4, end));
    at = end;
  }
  return values;
}
