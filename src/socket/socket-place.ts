import { chmod, mkdir, mkdtemp, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TalosError } from "../talos-error.ts";

/** In bytes. Systems allow 104 or 108, with the byte that ends it. */
const longestPath = 100;

interface SocketPlace {
  readonly path: string;
  /** The file that says where; undefined: the socket is in the data directory. */
  readonly pointer: string | undefined;
}

function directPath(dataDirectory: string): string | undefined {
  const path = join(dataDirectory, "talos.sock");
  return Buffer.byteLength(path) <= longestPath ? path : undefined;
}

/** Where a running Talos listens, if it does; undefined: there is no word of one. */
export async function findSocket(dataDirectory: string): Promise<string | undefined> {
  const direct = directPath(dataDirectory);
  if (direct !== undefined) return direct;
  try {
    return (await readFile(pointerPath(dataDirectory), "utf8")).trim();
  } catch {
    return undefined;
  }
}

/**
 * A place for a new socket. Where the data directory's path is too long for one it is in a new folder, of this user
 * alone, in the runtime folder or the one for temporary files.
 */
export async function chooseSocketPlace(
  dataDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SocketPlace> {
  await mkdir(dataDirectory, { recursive: true });
  const direct = directPath(dataDirectory);
  if (direct !== undefined) return { path: direct, pointer: undefined };
  for (const base of [environment.XDG_RUNTIME_DIR, tmpdir()]) {
    if (base === undefined || base === "" || Buffer.byteLength(join(base, "talos-XXXXXX", "talos.sock")) > longestPath)
      continue;
    const folder = await mkdtemp(join(base, "talos-")).catch(() => undefined);
    if (folder === undefined) continue;
    await chmod(folder, 0o700);
    return { path: join(folder, "talos.sock"), pointer: pointerPath(dataDirectory) };
  }
  throw new TalosError("store-unusable", `the path of ${dataDirectory} is too long for a socket`, {
    hint: "set XDG_RUNTIME_DIR to a folder with a short path, or choose a shorter DataDirectory",
  });
}

/** At once or not at all, so that a reader never gets half a path. */
export async function writePointer({ path, pointer }: SocketPlace): Promise<void> {
  if (pointer === undefined) return;
  const draft = `${pointer}.${process.pid}`;
  await writeFile(draft, `${path}\n`, { mode: 0o600 });
  await rename(draft, pointer);
}

/** Removes a socket that nobody listens on, with the folder that was made for it. */
export async function removeSocket({ path, pointer }: SocketPlace): Promise<void> {
  await rm(path, { force: true });
  if (pointer === undefined) return;
  await rm(pointer, { force: true });
  await rmdir(dirname(path)).catch(() => undefined);
}

export function placeOf(path: string, dataDirectory: string): SocketPlace {
  return { path, pointer: path === directPath(dataDirectory) ? undefined : pointerPath(dataDirectory) };
}

function pointerPath(dataDirectory: string): string {
  return join(dataDirectory, "talos.sock.path");
}
