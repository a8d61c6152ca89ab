/** What one check of `talos doctor` found. `notes`: nothing is wrong, but a person should know. */
export interface Finding {
  /** What was looked at: `git`, `repository github.com/me/infra`. */
  readonly name: string;
  readonly outcome: "passes" | "fails" | "notes";
  /** One sentence without a full stop. */
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
}

export function passes(name: string, text: string): Finding {
  return { name, outcome: "passes", text };
}

export function fails(name: string, text: string, advice: string | undefined): Finding {
  return { name, outcome: "fails", text, advice };
}

export function notes(name: string, text: string, advice?: string): Finding {
  return { name, outcome: "notes", text, advice };
}
