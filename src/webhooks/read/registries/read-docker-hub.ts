import * as z from "zod/mini";
import { type Content, events, malformed } from "../content.ts";
import { text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { readImage } from "./read-image.ts";

const payload = z.object({ repository: z.object({ repo_name: text }) });

export function readDockerHub(json: unknown): Content {
  return parsePayload(payload, json, ({ repository: { repo_name } }) => {
    const image = readImage(`docker.io/${repo_name}`);
    return image === undefined ? malformed("repository.repo_name is no image") : events(image);
  });
}
