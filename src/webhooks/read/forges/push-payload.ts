import * as z from "zod/mini";
import type { Content } from "../content.ts";
import { optionalText, text } from "../fields.ts";
import { readPush } from "../read-push.ts";
import { repository, urlsOf } from "./repository.ts";

/** `push`, of GitHub, Gitea and Forgejo. */
export const pushPayload = z.object({ ref: text, after: optionalText, repository: z.object(repository) });

export function readPushPayload({ ref, after, repository: of }: z.infer<typeof pushPayload>): Content {
  return readPush({ ref, after, urls: urlsOf(of) });
}
