import * as z from "zod/mini";
import type { ImageEvent } from "../../webhook-event.ts";
import { type Content, events, ignored, malformed } from "../content.ts";
import { optionalText, part, text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { readImage } from "./read-image.ts";

/** One notification holds what has come together since the last one. */
const mostEvents = 1000;

const envelope = z.object({ events: z.array(z.unknown()) });

const notice = z.object({ action: text });
const push = z.object({
  target: z.object({ mediaType: optionalText, repository: text, url: optionalText, tag: optionalText }),
  request: part({ host: optionalText }),
});

/** `notifications:` of the distribution project's registry, and of those that are made from it. */
export function readDistribution(json: unknown): Content {
  return parsePayload(envelope, json, ({ events: list }) => {
    if (list.length > mostEvents) return malformed(`events must be ${mostEvents} at most`);
    const found = new Map<string, ImageEvent>();
    for (const one of list) {
      const reading = parsePayload(notice, one, ({ action }) =>
        action === "push" ? parsePayload(push, one, readPushed) : ignored("not a push"),
      );
      if (reading.kind === "malformed") return malformed(`an entry of events: ${reading.text}`);
      if (reading.kind === "events")
        for (const event of reading.events) if (event.kind === "image") found.set(keyOf(event), event);
    }
    return found.size === 0 ? ignored("no image was pushed") : events(...found.values());
  });
}

/** By the name that its client called the registry, and by the one it has itself: which of them is in a file is not known. */
function readPushed({ target, request }: z.infer<typeof push>): Content {
  if (target.tag === undefined && !isManifest(target.mediaType ?? "")) return ignored("a part of an image");
  const hosts = [request?.host, URL.parse(target.url ?? "")?.host].filter((host) => host !== undefined && host !== "");
  const images = hosts.map((host) => readImage(`${host}/${target.repository}`));
  if (images.length === 0) return malformed("request.host is missing");
  const known = images.filter((image) => image !== undefined);
  return known.length === 0 ? malformed("target.repository is no image") : events(...known);
}

/** Docker's manifests and lists of them, OCI's manifests and indexes. */
function isManifest(mediaType: string): boolean {
  return /\b(?:manifest|image\.index)\b/.test(mediaType);
}

function keyOf({ repository: { domain, path } }: ImageEvent): string {
  return `${domain}/${path}`;
}
