import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { TalosError } from "../../talos-error.ts";

export interface SocketFolder extends AsyncDisposable {
  readonly path: string;
}

/** In bytes. Systems allow 104 or 108 with the byte that ends it, and ssh makes a socket under a name 17 longer. */
const longestPath = 100 - 17;

/**
 * A new folder of this user alone, with a path short enough for sockets. It is below the data directory, where what a killed
 * Talos left is removed: by a new name, as an ssh that is just ending still removes its own. Else it is where
 * the system keeps what may go.
 */
export async function openSocketFolder(
  dataDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SocketFolder> {
  const own = join(resolve(dataDirectory), "ssh");
  if (isShort(own)) {
    await mkdir(own, { recursive: true, mode: 0o700 });
    for (const name of await readdir(own)) await rm(join(own, name), { recursive: true, force: true });
  }
  for (const base of [own, environment.XDG_RUNTIME_DIR, tmpdir()]) {
    if (base === undefined || base === "" || !isShort(base)) continue;
    const path = await mkdtemp(join(base, "talos-")).catch(() => undefined);
    if (path === undefined) continue;
    await chmod(path, 0o700);
    return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
  }
  throw new TalosError("store-unusable", `the path of ${dataDirectory} is too long for a socket`, {
    hint: "set XDG_RUNTIME_DIR to a folder with a short path, or choose a shorter DataDirectory",
  });
}

function isShort(base: string): boolean {
  return Buffer.byteLength(join(base, "talos-XXXXXX", "999-99999.e")) <= longestPath;
}
