import { type Content, events, ignored, malformed, quoted } from "./content.ts";

interface Push {
  readonly ref: string;
  readonly after: string | undefined;
  readonly urls: readonly string[];
}

/** A push as all forges tell it: of a branch, a tag or something else. */
export function readPush({ ref, after, urls }: Push): Content {
  if (!ref.startsWith(branchPrefix)) return ignored(`${quoted(ref)} is not a branch`);
  if (urls.length === 0) return malformed("the repository has no address");
  const isDeleted = after === undefined || /^0+$/.test(after);
  return events({
    kind: "push",
    urls,
    branch: ref.slice(branchPrefix.length),
    ...(isDeleted ? {} : { commit: after }),
  });
}

const branchPrefix = "refs/heads/";

/** Each once, without what is absent. */
export function addresses(...urls: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(urls.filter((url) => url !== undefined))];
}
