import type { TextPlace } from "./found-reference.ts";

/** One change of the text at one place. `from` and `to` are the texts as the file notes them. */
export interface Edit {
  readonly place: TextPlace;
  readonly from: string;
  readonly to: string;
}
