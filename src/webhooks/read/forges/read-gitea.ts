import * as z from "zod/mini";
import type { WebhookRequest } from "../../webhooks.ts";
import { type Content, events, ignored, malformed, quoted } from "../content.ts";
import { optionalText, part, text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { readImage } from "../registries/read-image.ts";
import { actionRunPayload, readActionRun } from "./action-run.ts";
import { pushPayload, readPushPayload } from "./push-payload.ts";
import { readWorkflowRun, workflowRunPayload } from "./workflow-run.ts";

/** Gitea, and Forgejo, which came from it and tells of runs in its own way. */
export function readGitea(integration: "gitea" | "forgejo") {
  return (json: Readonly<Record<string, unknown>>, headers: WebhookRequest["headers"]): Content => {
    const event = headers["x-forgejo-event"] ?? headers["x-gitea-event"] ?? "";
    if (event === "")
      return malformed(`the header X-${integration === "gitea" ? "Gitea" : "Forgejo"}-Event is missing`);
    if (event.startsWith("action_run")) return parsePayload(actionRunPayload, json, readActionRun(integration));
    switch (event) {
      case "push":
        return parsePayload(pushPayload, json, readPushPayload);
      case "workflow_run":
        return parsePayload(workflowRunPayload, json, readWorkflowRun(integration));
      case "package":
        return parsePayload(packagePayload, json, readPackage);
      default:
        return ignored(`events of the kind ${quoted(event)} are not used`);
    }
  };
}

const packagePayload = z.object({
  action: text,
  package: z.object({
    type: text,
    name: text,
    html_url: optionalText,
    owner: part({ login: optionalText, username: optionalText }),
  }),
});

function readPackage({ action, package: pushed }: z.infer<typeof packagePayload>): Content {
  if (pushed.type !== "container") return ignored(`packages of the type ${quoted(pushed.type)} are not used`);
  if (action !== "created") return ignored(`a package was ${quoted(action)}`);
  const owner = pushed.owner?.login ?? pushed.owner?.username;
  if (owner === undefined) return malformed("package.owner.login is missing");
  const page = URL.parse(pushed.html_url ?? "");
  if (page === null) return malformed("package.html_url is no address");
  const image = readImage(`${page.host}/${owner.toLowerCase()}/${pushed.name}`);
  return image === undefined ? malformed("package.name is no image") : events(image);
}
