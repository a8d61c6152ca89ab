import { createHash } from "node:crypto";
import type { SourceSnapshot } from "../../sources/source-snapshot.ts";
import type { Basis } from "./merge-request.ts";

/** The texts of these files in one state of a source, as one digest. A file that is not there counts as such. */
export function describeBasis(files: readonly string[], { text }: Pick<SourceSnapshot, "text">): Basis {
  const sorted = files.toSorted();
  const hash = createHash("sha256");
  for (const file of sorted) hash.update(JSON.stringify([file, text(file)]));
  return { files: sorted, digest: hash.digest("hex") };
}
