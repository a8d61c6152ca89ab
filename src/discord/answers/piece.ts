import type { ViewPart } from "../../operations/view.ts";
import type { Block, File } from "../messages/draft.ts";

export type Choice = Extract<ViewPart, { type: "choice" }>;

/** What is never divided between two pages of an answer. */
export interface Piece {
  readonly block?: Block;
  /** Stands above something, and again on the next page: of a section, or the columns of its rows. */
  readonly heading?: "section" | "columns";
  readonly isRow?: true;
  /** Has air above it. */
  readonly isApart?: boolean;
  readonly file?: File;
  readonly choice?: { readonly index: number; readonly part: Choice };
}
