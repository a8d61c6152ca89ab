/**
 * What an operation answers: a plain value of a few kinds of parts that every surface renders its own way. JSON and HTTP
 * give it as it is. Text from outside (names, errors) is plain text here; making it harmless is each surface's part.
 */
export type View = readonly ViewPart[];

export type ViewPart =
  /** A heading begins a section: what follows belongs to it, up to the next one. */
  | { readonly type: "text"; readonly text: string; readonly tone?: Tone; readonly heading?: true }
  | { readonly type: "fields"; readonly fields: readonly ViewField[] }
  | {
      readonly type: "table";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly ViewCell[])[];
    }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "log"; readonly lines: readonly string[] }
  | { readonly type: "link"; readonly text: string; readonly url: string }
  /** An operation that can be run next, with its arguments in the order of a command line. */
  | {
      readonly type: "choice";
      readonly text: string;
      readonly operation: string;
      readonly arguments: Readonly<Record<string, string | number | boolean>>;
      readonly tone?: Tone;
    };

export interface ViewField {
  readonly name: string;
  readonly value: ViewCell;
}

/**
 * A text, a text with a tone, or a time in milliseconds since 1970, which each surface words for where its reader is:
 * `5 min ago`; with `exact` by the clock.
 */
export type ViewCell =
  | string
  | { readonly text: string; readonly tone: Tone }
  | { readonly atMs: number; readonly exact?: true };

export type Tone = "good" | "warning" | "bad" | "quiet";
