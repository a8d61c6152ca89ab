// `npm run build`: the release, in dist/ or the folder it is given.
import { join, resolve } from "node:path";
import { buildRelease } from "./release/build-release.ts";

await buildRelease(resolve(process.argv[2] ?? join(import.meta.dirname, "..", "dist")));
