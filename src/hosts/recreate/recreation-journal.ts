import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod/mini";
import { TalosError } from "../../talos-error.ts";

const noteSchema = z.object({
  host: z.string(),
  name: z.string(),
  /** Of the old container. */
  id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  isRunning: z.boolean(),
  /** Of the new one, noted before the old one is touched. */
  freshId: z.optional(z.string()),
});

/** A container that is being recreated: what has to be known to put it right, should Talos be killed meanwhile. */
export type RecreationNote = z.infer<typeof noteSchema>;

export interface RecreationJournal {
  /** In place of what was noted of the same container. It is on the disk then. */
  write(note: RecreationNote): Promise<void>;
  end(note: RecreationNote): Promise<void>;
  /** What this host's recreations have left. */
  read(host: string): Promise<readonly RecreationNote[]>;
}

/** In the data directory, which one Talos alone uses: what is noted there when it starts nobody works on any more. */
export function recreationJournal(dataDirectory: string): RecreationJournal {
  const folder = join(resolve(dataDirectory), "recreations");
  const fileOf = ({ id }: RecreationNote) => join(folder, `${id}.json`);
  return {
    async write(note) {
      const file = fileOf(note);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(`${file}.new`, JSON.stringify(note), { flush: true });
        await rename(`${file}.new`, file);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new TalosError("store-unusable", `${folder} cannot be written to: ${why}`, { cause: error });
      }
    },
    end: (note) => rm(fileOf(note), { force: true }),
    async read(host) {
      const names = await readdir(folder).catch(() => []);
      const texts = names.filter((name) => name.endsWith(".json")).map((name) => readFile(join(folder, name), "utf8"));
      return (await Promise.all(texts)).flatMap(readNote).filter((note) => note.host === host);
    },
  };
}

function readNote(text: string): readonly RecreationNote[] {
  try {
    return [noteSchema.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
