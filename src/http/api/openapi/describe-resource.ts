import { z } from "zod";
import type { Resource } from "../resources/define-resource.ts";
import { schemaRef } from "./component-schemas.ts";
import { refusalResponses } from "./responses.ts";
import { securityFor } from "./security.ts";
import { sentence } from "./sentence.ts";

const places: Readonly<Record<string, string>> = {
  "/hosts/{name}/containers": "The host's name.",
  "/operations/{name}/completions": "The operation's name, with a full stop for the blank: `update.answer`.",
};

/** `get` of a resource's path. */
export function describeResource(resource: Resource) {
  const { path, summary, access, answer } = resource;
  const isNamed = path.includes("{name}");
  const isStreamed = path === "/events";
  const words = path.split(/[^a-z]+/).filter((word) => word !== "" && word !== "name");
  return {
    operationId: ["get", ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join(""),
    tags: ["Resources"],
    summary: sentence(summary),
    security: securityFor(access),
    "x-talos-access": access,
    parameters: [
      ...(isNamed
        ? [{ name: "name", in: "path", required: true, description: places[path], schema: { type: "string" } }]
        : []),
      ...queryParameters(resource),
      ...(isStreamed ? [lastEventId] : []),
    ],
    responses: {
      200: {
        description: "What there is.",
        content: {
          "application/json": { schema: schemaRef(answer) },
          ...(isStreamed ? { "text/event-stream": { schema: { type: "string", description: eventStream } } } : {}),
        },
      },
      ...refusalResponses(isNamed ? [400, 404, 409, 422] : [400, 404, 422]),
    },
  };
}

function queryParameters({ query }: Resource) {
  return Object.entries(query.shape).map(([name, schema]) => {
    const { $schema: _, description, ...json } = z.toJSONSchema(schema, { io: "input" });
    const required = !z.safeParse(schema, undefined).success;
    return { name, in: "query", required, description, schema: json };
  });
}

const lastEventId = {
  name: "Last-Event-ID",
  in: "header",
  required: false,
  description: "Of an event stream: goes on after the event with this position.",
  schema: { type: "integer", minimum: 0 },
};

const eventStream =
  "Each event as it happens: its position as `id`, the event (#/components/schemas/Event) as `data`. It never ends by itself, and goes on after the position in `Last-Event-ID` or `after`; without either, from now on.";
