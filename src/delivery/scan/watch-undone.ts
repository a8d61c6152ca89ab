import type { KeptDocument } from "../../store/documents.ts";
import { quarantineUndone } from "../decisions/quarantine-undone.ts";
import type { Delivered } from "../delivery-memory.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import type { UpdateMember } from "../update.ts";
import type { SourceReading } from "./read-source.ts";

/**
 * Looks whether a commit still has what was delivered. `delivered` is what was known before that commit was asked for:
 * what was delivered since says nothing about it. What cannot be read says nothing either.
 */
export async function watchUndone(
  delivered: readonly KeptDocument<Delivered>[],
  { snapshot, found, unreadFiles, settingsProblems }: SourceReading,
  ports: DeliveryPorts,
): Promise<void> {
  if (delivered.length === 0 || settingsProblems.length > 0) return;
  const images = new Map(found().map(({ file, pointer, image }) => [`${file}#${pointer}`, image]));
  const unread = unreadFiles();
  const isHidden = ({ file, pointer }: UpdateMember) => unread.has(file) && !images.has(`${file}#${pointer}`);
  await quarantineUndone(
    delivered.filter(({ value }) => !value.update.members.some(isHidden)),
    (file, pointer) => images.get(`${file}#${pointer}`),
    snapshot.head.commit,
    ports,
  );
}
