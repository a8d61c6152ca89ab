// `npm run pack [folder]`: builds the release into release/talos-<version> and packs it beside that, with its SHA-256. The
// same sources give the same bytes.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildRelease } from "./release/build-release.ts";
import { tarArchive } from "./release/tar-archive.ts";

const root = join(import.meta.dirname, "..");
const folder = resolve(process.argv[2] ?? join(root, "release"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const release = `talos-${version}`;

await buildRelease(join(folder, release));
const archive = tarArchive(join(folder, release), release);
const name = `${release}.tar.gz`;
const line = `${createHash("sha256").update(archive).digest("hex")}  ${name}`;
writeFileSync(join(folder, name), archive);
writeFileSync(join(folder, `${name}.sha256`), `${line}\n`);
console.log(line);
