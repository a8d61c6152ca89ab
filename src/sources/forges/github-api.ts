import * as z from "zod/mini";
import type { MergeRequest } from "../forge.ts";
import type { ForgeApi } from "./forge-api.ts";
import type { ForgeClient } from "./forge-client.ts";
import { createPullRequests } from "./pull-requests.ts";
import { webAddress } from "./web-address.ts";

const pullRequest = z.object({
  number: z.int(),
  html_url: webAddress,
  title: z.string(),
  state: z.enum(["open", "closed"]),
  merged_at: z.nullish(z.string()),
  /** `repo` is null when the fork is gone. */
  head: z.object({ ref: z.string(), repo: z.nullish(z.object({ id: z.int() })) }),
  base: z.object({ ref: z.string(), repo: z.object({ id: z.int() }) }),
});

/** GitHub and GitHub Enterprise, REST API of 2022-11-28. */
export function createGithubApi(client: ForgeClient, repository: readonly string[]): ForgeApi {
  const [owner = ""] = repository;
  return {
    ...createPullRequests(client, repository, z.pipe(pullRequest, z.transform(toMergeRequest))),
    list: async (branch, target, signal) => {
      const { value } = await client.call({
        method: "GET",
        path: ["repos", ...repository, "pulls"],
        query: {
          // Without its owner GitHub ignores the branch and lists everything.
          head: `${owner}:${branch}`,
          base: target,
          state: "all",
          sort: "created",
          direction: "desc",
          per_page: "50",
        },
        schema: z.array(pullRequest),
        failing: `the pull requests of ${repository.join("/")} cannot be read`,
        signal,
      });
      return value
        .filter(({ head, base }) => head.ref === branch && base.ref === target && head.repo?.id === base.repo.id)
        .map(toMergeRequest);
    },
  };
}

function toMergeRequest({
  number,
  html_url,
  title,
  state,
  merged_at,
  head,
}: z.infer<typeof pullRequest>): MergeRequest {
  const isMerged = typeof merged_at === "string";
  return { number, url: html_url, branch: head.ref, state: isMerged ? "merged" : state, title };
}
