import * as z from "zod/mini";
import type { ImageEvent } from "../../webhook-event.ts";
import { type Content, events, ignored, malformed, quoted } from "../content.ts";
import { text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { readImage } from "./read-image.ts";

const mostResources = 1000;

const pushed = z.object({ resources: z.array(z.object({ resource_url: text })).check(z.maxLength(mostResources)) });
const eventPayload = z.object({ type: text });
const defaultPayload = z.object({ event_data: pushed });
const cloudEventPayload = z.object({ data: pushed });

/** Its own format. The second name is that of before version 2. */
export function readHarbor(json: unknown): Content {
  return parsePayload(eventPayload, json, ({ type }) =>
    type === "PUSH_ARTIFACT" || type === "pushImage"
      ? parsePayload(defaultPayload, json, ({ event_data }) => readResources(event_data))
      : ignored(`events of the type ${quoted(type)} are not used`),
  );
}

/** The format of CloudEvents, which Harbor has as well. */
export function readHarborCloudEvent(json: unknown): Content {
  return parsePayload(eventPayload, json, ({ type }) =>
    type === "harbor.artifact.pushed"
      ? parsePayload(cloudEventPayload, json, ({ data }) => readResources(data))
      : ignored(`events of the type ${quoted(type)} are not used`),
  );
}

function readResources({ resources }: z.infer<typeof pushed>): Content {
  const found = new Map<string, ImageEvent>();
  for (const { resource_url } of resources) {
    const image = readImage(resource_url);
    if (image === undefined) return malformed(`${quoted(resource_url)} is no image`);
    found.set(`${image.repository.domain}/${image.repository.path}`, image);
  }
  return found.size === 0 ? ignored("no image was pushed") : events(...found.values());
}
