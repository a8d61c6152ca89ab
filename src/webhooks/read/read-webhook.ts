/**
 * Says what a delivery is about, whoever sent it. Pure, and never throws: bodies are from outside, and a token may be in wrong
 * hands. Every forge has its own words for the same; of each payload only the fields that are used are read, so that a new
 * version of a forge is understood as long as these are there. What is not used is `ignored`, and says so to whoever tries it.
 */
import type { Integration } from "../../tokens/integration.ts";
import type { WebhookReading, WebhookRequest } from "../webhooks.ts";
import type { Content } from "./content.ts";
import { deliveryId } from "./delivery-id.ts";
import { readGitea } from "./forges/read-gitea.ts";
import { readGitHub } from "./forges/read-github.ts";
import { readGitLab } from "./forges/read-gitlab.ts";
import { parseBody } from "./parse-body.ts";
import { readRegistry } from "./registries/read-registry.ts";

type Read = (json: Readonly<Record<string, unknown>>, headers: WebhookRequest["headers"]) => Content;

const readers: Readonly<Record<Integration, Read>> = {
  gitlab: readGitLab,
  github: readGitHub,
  gitea: readGitea("gitea"),
  forgejo: readGitea("forgejo"),
  registry: readRegistry,
};

export function readWebhook(request: WebhookRequest): WebhookReading {
  const body = parseBody(request);
  if (body.kind === "malformed") return body;
  const content = readers[request.integration](body.value, request.headers);
  return content.kind === "events" ? { ...content, deliveryId: deliveryId(request, body.value) } : content;
}
