import type { Source } from "../delivery-ports.ts";
import type { SourceReading } from "../scan/read-source.ts";
import type { UpdateMember } from "../update.ts";
import { writeCommitMessage } from "./commit-message.ts";
import type { EditedEntries } from "./edit-entries.ts";

/** Makes a commit of the edited texts on top of the state that was read. Gives its id; nothing is pushed. */
export function commitEdited(
  source: Source,
  { texts, taken }: EditedEntries,
  reading: SourceReading,
  signal: AbortSignal,
): Promise<string> {
  return source.repository.makeCommit(
    {
      parent: reading.snapshot.head.commit,
      files: [...texts].map(([path, text]) => ({ path, text })),
      message: writeMessage(source, taken, reading),
    },
    signal,
  );
}

/** Changes in the order of the files, and who approved of what is in it. */
function writeMessage({ commitSubject }: Source, taken: EditedEntries["taken"], { found }: SourceReading): string {
  const order = new Map(found().map(({ file, pointer }, index) => [`${file}#${pointer}`, index]));
  const placeOf = ({ file, pointer }: UpdateMember) => order.get(`${file}#${pointer}`) ?? 0;
  const members = taken.flatMap(({ entry }) => entry.update.members).toSorted((a, b) => placeOf(a) - placeOf(b));
  const approvers = taken.flatMap(({ entry: { cause } }) => (cause.kind === "person" ? (cause.actor ?? []) : []));
  return writeCommitMessage(members, { subject: commitSubject, approvers });
}
