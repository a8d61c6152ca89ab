import * as z from "zod/mini";
import type { WebhookRequest } from "../../webhooks.ts";
import { type Content, events, ignored, malformed, quoted } from "../content.ts";
import { optionalText, part, text } from "../fields.ts";
import { parsePayload } from "../parse-payload.ts";
import { readImage } from "../registries/read-image.ts";
import { pushPayload, readPushPayload } from "./push-payload.ts";
import { readWorkflowRun, workflowRunPayload } from "./workflow-run.ts";

export function readGitHub(json: Readonly<Record<string, unknown>>, headers: WebhookRequest["headers"]): Content {
  for (const other of ["forgejo", "gitea"])
    if (headers[`x-${other}-event`] !== undefined)
      return malformed(`this comes from ${other === "gitea" ? "Gitea" : "Forgejo"}: it belongs to /webhooks/${other}`);
  const event = headers["x-github-event"] ?? "";
  switch (event) {
    case "":
      return malformed("the header X-GitHub-Event is missing");
    case "ping":
      return ignored("the webhook is set up");
    case "push":
      return parsePayload(pushPayload, json, readPushPayload);
    case "workflow_run":
      return parsePayload(workflowRunPayload, json, readWorkflowRun("github"));
    case "registry_package":
    case "package":
      return parsePayload(packagePayload, json, (payload) => readPackage(payload.registry_package ?? payload.package));
    default:
      return ignored(`events of the kind ${quoted(event)} are not used`);
  }
}

const packagePart = part({
  package_type: text,
  namespace: optionalText,
  name: optionalText,
  package_version: part({ package_url: optionalText, container_metadata: z.unknown() }),
});
/** The same under an older and a newer name. */
const packagePayload = z.object({ registry_package: packagePart, package: packagePart });

function readPackage(pushed: z.infer<typeof packagePart>): Content {
  if (pushed === undefined) return malformed("registry_package is missing");
  const url = pushed.package_version?.package_url;
  // GitHub has called images of its registry by several types, and by that of another in its own examples.
  const isImage = pushed.package_type.toLowerCase() === "container" || pushed.package_version?.container_metadata;
  if (!isImage) return ignored(`packages of the type ${quoted(pushed.package_type)} are not used`);
  const image = readImage(url?.toLowerCase() ?? "");
  return image === undefined ? malformed("registry_package.package_version.package_url is no image") : events(image);
}
