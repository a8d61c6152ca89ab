/** What a part passes on to its element. */
export type MoreAttributes = Readonly<
  Record<`aria-${string}` | `data-${string}`, string | number | boolean | undefined>
>;
