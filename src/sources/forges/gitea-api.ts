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
  merged: z.boolean(),
  /** `ref` is another one as soon as the branch is gone; `label` stays its name. */
  head: z.object({ label: z.string(), repo_id: z.int() }),
  base: z.object({ ref: z.string(), repo_id: z.int() }),
});
type PullRequest = z.infer<typeof pullRequest>;

/** The most that servers give at once, unless configured otherwise. */
const pageSize = 50;
const mostPages = 20;

/** Gitea and Forgejo, API version 1. */
export function createGiteaApi(client: ForgeClient, repository: readonly string[]): ForgeApi {
  return {
    ...createPullRequests(client, repository, z.pipe(pullRequest, z.transform(toMergeRequest))),
    list: async (branch, target, signal) => {
      const find = (state: PullRequest["state"]) => findNewest(client, repository, { state, branch, target, signal });
      const found = (await find("open")) ?? (await find("closed"));
      return found === undefined ? [] : [toMergeRequest(found)];
    },
  };
}

interface Wanted {
  readonly state: PullRequest["state"];
  readonly branch: string;
  readonly target: string;
  readonly signal: AbortSignal | undefined;
}

/** Nothing filters by branch, and older servers not even by target; so all are looked through, the newest first. */
async function findNewest(
  client: ForgeClient,
  repository: readonly string[],
  { state, branch, target, signal }: Wanted,
): Promise<PullRequest | undefined> {
  for (let page = 1; page <= mostPages; page += 1) {
    const { value, hasNextPage } = await client.call({
      method: "GET",
      path: ["repos", ...repository, "pulls"],
      query: { state, base_branch: target, limit: `${pageSize}`, page: `${page}` },
      schema: z.array(pullRequest),
      failing: `the pull requests of ${repository.join("/")} cannot be read`,
      signal,
    });
    const found = value.find(
      ({ head, base }) => head.label === branch && base.ref === target && head.repo_id === base.repo_id,
    );
    if (found !== undefined || !hasNextPage) return found;
  }
  return undefined;
}

function toMergeRequest({ number, html_url, title, state, merged, head }: PullRequest): MergeRequest {
  return { number, url: html_url, branch: head.label, state: merged ? "merged" : state, title };
}
