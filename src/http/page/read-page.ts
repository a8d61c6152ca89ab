/**
 * The files of the page, read once when Talos starts: they are few and small, and a request only names one of what was
 * found, so that no path leads out of the folder.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** undefined: not shorter that way. */
  readonly gzip: Uint8Array<ArrayBuffer> | undefined;
  readonly etag: string;
  /** Its name says what is in it: it never changes. */
  readonly isHashed: boolean;
}

export interface Page {
  /** What every path of the page answers; it finds its own place in the address. */
  readonly index: PageFile;
  /** By path: `/assets/index-8f3k.js` */
  readonly files: ReadonlyMap<string, PageFile>;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * `base` is what a proxy adds before our paths. The page is built with relative addresses; a `<base>` makes them, and what
 * it asks of the API (`document.baseURI`), right on every path. undefined: there is no page in that folder.
 */
export async function readPage(folder: string, base: string): Promise<Page | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const known = entries.filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined);
  const files = new Map<string, PageFile>();
  for (const { parentPath, name } of known) {
    const path = join(parentPath, name);
    const served = `/${relative(folder, path).split(sep).join("/")}`;
    files.set(served, await readPageFile(served, await readFile(path)));
  }
  const found = files.get("/index.html");
  if (found === undefined) return undefined;
  const text = Buffer.from(found.bytes)
    .toString()
    .replace(/<head[^>]*>/, (head) => `${head}<base href="${base}/" />`);
  files.delete("/index.html");
  return { index: await readPageFile("/index.html", Buffer.from(text)), files };
}

async function readPageFile(path: string, content: Buffer): Promise<PageFile> {
  const bytes = new Uint8Array(content);
  const short = new Uint8Array(await compress(bytes, { level: 9 }));
  return {
    type: types[extname(path)] ?? "application/octet-stream",
    bytes,
    gzip: short.length < bytes.length ? short : undefined,
    etag: createHash("sha256").update(bytes).digest("base64url").slice(0, 27),
    isHashed: /^\/assets\/.*-[\w-]{8}\.\w+$/.test(path),
  };
}
