import type { FilePreview } from "../talos.ts";

/** As `git diff --unified=0`: the lines around an image may hold what is not for everybody who may look. */
export async function unifiedDiff({ path, before, after }: FilePreview): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const options = { context: 0, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options).replace(/\n$/, "");
}
