/** What a source says when asked for a file: its text, or why there is none. */
export type FileText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** Too large, binary, a link out of the source, not UTF-8: `reason` is a whole sentence. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * The texts of one state of a source, by path from its root with forward slashes: a commit, a folder as it is now, or a
 * map in a test. Synchronous and stable: asked twice, it answers the same. A path with `..` that leaves the root is
 * `refused`.
 */
export type SourceText = (path: string) => FileText;
