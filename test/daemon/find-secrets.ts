import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A name for each, so that a failing test does not have to print them. */
export type Secrets = Readonly<Record<string, string>>;

/** The names of those that are in it: as they are, percent-encoded, or anywhere inside of something in base64. */
export function findSecrets(text: string, secrets: Secrets): readonly string[] {
  return Object.keys(secrets).filter((name) => forms(secrets[name] ?? "").some((form) => text.includes(form)));
}

function forms(secret: string): readonly string[] {
  const encoded = [0, 1, 2].map((before) => middleOfBase64(secret, before));
  const forUrls = encoded.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [secret, encodeURIComponent(secret), encodeURI(secret), ...encoded, ...forUrls];
}

/** What base64 makes of it alone, behind so many other bytes, whatever they are and whatever follows. */
function middleOfBase64(secret: string, before: number): string {
  const text = Buffer.from("x".repeat(before) + secret).toString("base64");
  const end = Math.floor(((before + Buffer.byteLength(secret)) * 8) / 6);
  return text.slice(Math.ceil((before * 8) / 6), end);
}

/** `<path>: <name>` of everything found in the files below a folder. */
export async function findInFiles(folder: string, secrets: Secrets): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = `${entry.name}\n${await readFile(path, "latin1").catch(() => "")}`;
    found.push(...findSecrets(text, secrets).map((name) => `${path}: ${name}`));
  }
  return found;
}

/** Looks at the argument lists of everything that runs on this machine, again and again until it is stopped. */
export function watchArgumentLists(isWatched: (line: string) => boolean) {
  const seen = new Set<string>();
  const look = () => {
    for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const line = readArguments(id);
      if (isWatched(line)) seen.add(line);
    }
  };
  const timer = setInterval(look, 20);
  return { seen, [Symbol.dispose]: () => clearInterval(timer) };
}

function readArguments(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "latin1").replaceAll("\0", " ");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
