import { formatShortReference } from "../images/image-reference.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";

/** One reference that a commit changes. `from` and `to` are whole image texts. */
export interface CommittedChange {
  readonly file: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The message of a commit: what it contains and nothing else, files in order of their paths (delivery, section 4). */
export function writeCommitMessage(changes: readonly CommittedChange[]): string {
  const files = [...new Set(changes.map(({ file }) => file))].sort();
  const lines = files.flatMap((file) => [
    file,
    ...changes
      .filter((change) => change.file === file)
      .map(({ name, from, to }) => `  ${name}: ${short(from)} -> ${short(to)}`),
  ]);
  return ["[Talos] Updating images", "", ...lines, ""].join("\n");
}

function short(image: string): string {
  const parsed = parseImageReference(image);
  return parsed.kind === "valid" ? formatShortReference(parsed.reference) : image;
}
