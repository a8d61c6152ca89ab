import fc from "fast-check";
import { expect, test } from "vitest";
import { findInCompose } from "../../src/files/compose/find-in-compose.ts";
import { listIncludes } from "../../src/files/compose/list-includes.ts";
import type { SourceText } from "../../src/files/source-text.ts";
import { openFolder } from "../../src/sources/open-folder.ts";
import { composeImages } from "../parties/compose-config.ts";
import { describeWith } from "../parties/describe-with.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { composeProjects } from "./compose-projects.ts";
import { composeExpression, dotenvLine } from "./compose-texts.ts";

describeWith(["docker-compose"], "Docker Compose and Talos see the same images", () => {
  test.each(Object.entries(composeProjects))("%s", async (_title, files) => {
    await using folder = await temporaryFolder();
    await folder.write(files);
    const { text } = await openFolder(folder.path);
    const { images, unresolved } = foundImages("compose.yml", text);
    expect(unresolved).toEqual([]);
    expect(images).toEqual(await composeImages(folder.path, "compose.yml"));
  });

  test("in generated projects with variables of every form", async () => {
    const project = fc.record({
      env: fc.array(dotenvLine, { maxLength: 12 }),
      images: fc.array(composeExpression, { minLength: 40, maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(project, async ({ env, images }) => {
        await using folder = await temporaryFolder();
        const services = images.map((image, index) => `  s${index}:\n    image: ${image}\n`);
        await folder.write({ ".env": env.join("\n"), "compose.yml": `services:\n${services.join("")}` });
        const { text } = await openFolder(folder.path);
        const found = foundImages("compose.yml", text);
        const theirs = Object.entries(await composeImages(folder.path, "compose.yml"));
        // Compose makes nothing of a variable that is set nowhere; Talos says that it cannot know.
        const known = theirs.filter(([name]) => !found.unresolved.includes(name));
        expect(found.images).toEqual(Object.fromEntries(known));
      }),
      { numRuns: 25, endOnFailure: false },
    );
  }, 120_000);
});

function foundImages(path: string, text: SourceText) {
  const images: Record<string, string> = {};
  const unresolved: string[] = [];
  for (const file of [{ path, context: {} }, ...includesOf(path, text)])
    for (const { name, image, obstacle } of findInCompose(file.path, text, file.context).references)
      if (obstacle?.code === "unresolved-variable") unresolved.push(name);
      else images[name] = image;
  return { images, unresolved };
}

function includesOf(path: string, text: SourceText): { path: string; context: object }[] {
  return listIncludes(path, text).flatMap((include) => [
    { path: include.path, context: include },
    ...includesOf(include.path, text),
  ]);
}
