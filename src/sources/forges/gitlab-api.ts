import * as z from "zod/mini";
import type { MergeRequest } from "../forge.ts";
import type { ForgeApi } from "./forge-api.ts";
import type { ForgeClient } from "./forge-client.ts";
import { webAddress } from "./web-address.ts";

const mergeRequest = z.object({
  iid: z.int(),
  web_url: webAddress,
  title: z.string(),
  source_branch: z.string(),
  target_branch: z.string(),
  /** null: the fork is gone. */
  source_project_id: z.nullish(z.int()),
  target_project_id: z.int(),
  /** `locked`: being merged at this moment. */
  state: z.enum(["opened", "locked", "merged", "closed"]),
});

/** GitLab, API version 4. `iid` is the number within the project. */
export function createGitlabApi(client: ForgeClient, repository: readonly string[]): ForgeApi {
  const name = repository.join("/");
  const requests = ["projects", name, "merge_requests"];
  const schema = z.pipe(mergeRequest, z.transform(toMergeRequest));
  const one = (number: number) => [...requests, `${number}`];
  return {
    list: async (branch, target, signal) => {
      const { value } = await client.call({
        method: "GET",
        path: requests,
        query: {
          source_branch: branch,
          target_branch: target,
          state: "all",
          order_by: "created_at",
          sort: "desc",
          per_page: "50",
        },
        schema: z.array(mergeRequest),
        failing: `the merge requests of ${name} cannot be read`,
        signal,
      });
      return value
        .filter((each) => each.source_branch === branch && each.target_branch === target)
        .filter((each) => each.source_project_id === each.target_project_id)
        .map(toMergeRequest);
    },
    create: (branch, target, { title, body }, signal) =>
      client.attempt({
        method: "POST",
        path: requests,
        body: {
          source_branch: branch,
          target_branch: target,
          title,
          description: withoutQuickActions(body),
          remove_source_branch: true,
        },
        schema,
        failing: `no merge request was opened for ${branch} in ${name}`,
        signal,
      }),
    read: async (number, failing, signal) => {
      const { value } = await client.call({ method: "GET", path: one(number), schema, failing, signal });
      return value;
    },
    edit: async (number, { title, body }, failing, signal) => {
      const text = { title, description: withoutQuickActions(body) };
      await client.call({ method: "PUT", path: one(number), body: text, schema, failing, signal });
    },
    comment: async (number, comment, failing, signal) => {
      const body = { body: withoutQuickActions(comment) };
      const path = [...one(number), "notes"];
      await client.call({ method: "POST", path, body, schema: z.object({ id: z.int() }), failing, signal });
    },
    close: async (number, failing, signal) => {
      const body = { state_event: "close" };
      await client.call({ method: "PUT", path: one(number), body, schema, failing, signal });
    },
  };
}

const states = { opened: "open", locked: "open", merged: "merged", closed: "closed" } as const;

function toMergeRequest({ iid, web_url, source_branch, state, title }: z.infer<typeof mergeRequest>): MergeRequest {
  return { number: iid, url: web_url, branch: source_branch, state: states[state], title };
}

/** A line such as `/merge` is a command to GitLab; behind a backslash it is text that looks the same. */
function withoutQuickActions(markdown: string): string {
  return markdown.replaceAll(/^(\s*)\//gm, "$1\\/");
}
