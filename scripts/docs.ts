// `npm run docs`: writes the generated pages of docs/. test/docs.test.ts fails while one of them is out of date.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generatePages } from "./generated-pages.ts";

const root = join(import.meta.dirname, "..");
for (const [path, text] of await generatePages()) {
  await writeFile(join(root, path), text);
  console.log(path);
}
