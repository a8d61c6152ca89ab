import * as z from "zod/mini";
import type { MergeRequest } from "../forge.ts";
import type { ForgeApi } from "./forge-api.ts";
import type { ForgeClient } from "./forge-client.ts";

/** What GitHub, Gitea and Forgejo do alike. Comments on a pull request are those of its issue. */
export function createPullRequests(
  client: ForgeClient,
  repository: readonly string[],
  schema: z.ZodMiniType<MergeRequest>,
): Omit<ForgeApi, "list"> {
  const name = repository.join("/");
  const repo = ["repos", ...repository];
  const one = (number: number) => [...repo, "pulls", `${number}`];
  return {
    create: (branch, target, { title, body }, signal) =>
      client.attempt({
        method: "POST",
        path: [...repo, "pulls"],
        body: { title, body, head: branch, base: target },
        schema,
        failing: `no pull request was opened for ${branch} in ${name}`,
        signal,
      }),
    read: async (number, failing, signal) => {
      const { value } = await client.call({ method: "GET", path: one(number), schema, failing, signal });
      return value;
    },
    edit: async (number, { title, body }, failing, signal) => {
      await client.call({ method: "PATCH", path: one(number), body: { title, body }, schema, failing, signal });
    },
    comment: async (number, comment, failing, signal) => {
      const path = [...repo, "issues", `${number}`, "comments"];
      const made = z.object({ id: z.int() });
      await client.call({ method: "POST", path, body: { body: comment }, schema: made, failing, signal });
    },
    close: async (number, failing, signal) => {
      const body = { state: "closed" };
      await client.call({ method: "PATCH", path: one(number), body, schema, failing, signal });
    },
  };
}
