import * as z from "zod/mini";
import { type Content, events, ignored, malformed } from "../content.ts";
import { text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { readImage } from "./read-image.ts";

const payload = z.object({ docker_url: text });

/** Only `Push to Repository` says which tags are new. */
export function readQuay(json: Readonly<Record<string, unknown>>): Content {
  if (!("updated_tags" in json)) return ignored("no image was pushed");
  return parsePayload(payload, json, ({ docker_url }) => {
    const image = readImage(docker_url);
    return image === undefined ? malformed("docker_url is no image") : events(image);
  });
}
