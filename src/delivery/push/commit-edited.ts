import type { Source } from "../delivery-ports.ts";
import type { SourceReading } from "../scan/read-source.ts";
import type { UpdateMember } from "../update.ts";
import { writeCommitMessage } from "./commit-message.ts";
import type { EditedEntries } from "./edit-entries.ts";

export interface MadeCommit {
  readonly id: string;
  readonly message: string;
  /** See `CommitChange.digest`. */
  readonly change: string | undefined;
}

/** Makes a commit of the edited texts on top of the state that was read. Nothing is pushed. */
export async function commitEdited(
  source: Source,
  { texts, taken }: EditedEntries,
  reading: SourceReading,
  signal: AbortSignal,
): Promise<MadeCommit> {
  const { commit: parent, branch } = reading.snapshot.head;
  const files = [...texts].map(([path, text]) => ({ path, text }));
  const message = writeMessage(source, taken, reading);
  const id = await source.repository.makeCommit({ parent, files, message }, signal);
  return { id, message, change: (await source.repository.readChange(id, branch, signal))?.digest };
}

/** Changes in the order of the files, and who approved of what is in it. */
function writeMessage({ commitSubject }: Source, taken: EditedEntries["taken"], { found }: SourceReading): string {
  const order = new Map(found().map(({ file, pointer }, index) => [`${file}#${pointer}`, index]));
  const placeOf = ({ file, pointer }: UpdateMember) => order.get(`${file}#${pointer}`) ?? 0;
  const members = taken.flatMap(({ entry }) => entry.update.members).toSorted((a, b) => placeOf(a) - placeOf(b));
  const approvers = taken.flatMap(({ entry: { cause } }) => (cause.kind === "person" ? (cause.actor ?? []) : []));
  return writeCommitMessage(members, { subject: commitSubject, approvers });
}
