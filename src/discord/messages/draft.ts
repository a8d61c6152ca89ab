import type { Text } from "../text/markdown.ts";

/** A message as it is thought of, of any length; `composeMessage` makes of it what Discord takes. */
export interface Draft {
  readonly cards: readonly Card[];
  readonly rows?: readonly Row[];
  readonly files?: readonly File[];
}

/** One embed. */
export interface Card {
  readonly bar: Bar;
  readonly title?: Text;
  /** One below the other. */
  readonly body: readonly Block[];
  readonly fields?: readonly { readonly name: Text; readonly value: Block; readonly isInline?: boolean }[];
  readonly footer?: string;
  /** The time stamp below. */
  readonly atMs?: number;
}

/** The colour at the side: what was looked at, done, asked, announced, has failed, is over. */
export type Bar = "read" | "done" | "asked" | "failed" | "over";

/** Text, or code, which may be cut and is then attached in full, as a file of that name. */
export type Block = Text | CodeBlock;

interface CodeBlock {
  readonly code: string;
  readonly fileName?: string;
}

/** A row below the message; one without buttons or options is left out. */
export type Row = readonly Button[] | Select;

export interface Button {
  readonly label: string;
  /** Blurple is what Discord calls primary. A link is always grey. */
  readonly color?: "green" | "blurple" | "red" | "grey";
  readonly press: { readonly customId: string } | { readonly url: string };
  readonly isDisabled?: boolean;
}

export interface Select {
  readonly customId: string;
  readonly placeholder: string;
  readonly options: readonly {
    readonly label: string;
    readonly value: string;
    readonly description?: string;
    readonly isChosen?: boolean;
  }[];
  /** How many may be chosen; 1 when not given. */
  readonly most?: number;
  readonly isDisabled?: boolean;
}

export interface File {
  readonly name: string;
  readonly text: string;
}
