import { TalosError } from "../../talos-error.ts";
import { replaceInSource } from "../../updates/replace-in-source.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { readSource } from "../scan/read-source.ts";
import type { UpdateMember } from "../update.ts";

interface FilePreview {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The files as a delivery of these changes would leave them, made as it makes them, on the commit of the latest scan. */
export async function previewChanges(
  source: Source,
  changes: readonly Pick<UpdateMember, "file" | "pointer" | "from" | "to">[],
  ports: DeliveryPorts,
  signal: AbortSignal,
): Promise<readonly FilePreview[]> {
  const { branch, commit } = (await ports.memory.scans.get(source.id))?.value ?? {};
  const head =
    branch === undefined || commit === undefined ? await source.repository.readHead(signal) : { branch, commit };
  const { snapshot, rules } = await readSource(source, head, ports, signal);
  const edited = replaceInSource(
    snapshot,
    rules,
    changes.map(({ file, pointer, from, to }) => ({ file, pointer, expected: from, next: to })),
  );
  if (edited.kind === "refused")
    throw new TalosError("edit-refused", `It would not be written into ${source.id}: ${edited.text}`);
  return [...edited.texts].map(([path, after]) => ({ path, before: textOf(snapshot.text(path)), after }));
}

function textOf(file: ReturnType<Awaited<ReturnType<typeof readSource>>["snapshot"]["text"]>): string {
  return file.kind === "text" ? file.text : "";
}
