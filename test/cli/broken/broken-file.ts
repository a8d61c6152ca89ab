/** What people and accidents do to a file, and what Talos has to say of it. `HOST` is a registry with web:1.0.0 and 1.0.1. */
export interface BrokenFile {
  readonly title: string;
  /** By path from the case's own folder; the first is the one that is at fault. */
  readonly files: BrokenTexts;
  readonly verdict: "unknown" | "skipped" | "held";
  readonly code: string;
  /** In the first file; 1 where the file is at fault as a whole. */
  readonly line: number;
  /** The cause, and what to do. */
  readonly says: readonly RegExp[];
  /** How many references have this fault; 1 if not set. */
  readonly count?: number;
}

type BrokenTexts = Readonly<Record<string, string | Uint8Array>>;

/** A compose file with a service that is right, in lines 2 to 4. */
export function compose(rest: string): BrokenTexts {
  return { "compose.yml": `services:\n  good:\n    image: HOST/web:1.0.0\n    x-tl: "^!"\n${rest}` };
}

export function unreadable(title: string, line: number, files: BrokenTexts, ...says: readonly RegExp[]): BrokenFile {
  return { title, files, verdict: "unknown", code: "file-invalid", line, says };
}

export function wrongImage(title: string, code: string, image: string, ...says: readonly RegExp[]): BrokenFile {
  const files = compose(`  bad:\n    image: ${image}\n    x-tl: "^!"\n`);
  return { title, files, verdict: "unknown", code, line: 6, says };
}

/** The policy stands on line 7. */
export function wrongPolicy(title: string, lines: string, ...says: readonly RegExp[]): BrokenFile {
  const files = compose(`  bad:\n    image: HOST/web:1.0.0\n${lines}`);
  return { title, files, verdict: "skipped", code: "policy-invalid", line: 6, says };
}

export function brokenGroup(title: string, count: number, members: string, ...says: readonly RegExp[]): BrokenFile {
  return { title, files: compose(members), verdict: "held", code: "group-incomplete", line: 6, count, says };
}
