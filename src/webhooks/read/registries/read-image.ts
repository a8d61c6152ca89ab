import { parseImageReference } from "../../../images/parse-image-reference.ts";
import type { ImageEvent } from "../../webhook-event.ts";

/**
 * `registry/path:tag`. The first component is a registry, whatever it looks like: what a registry calls itself. Undefined: it
 * is no image.
 */
export function readImage(written: string): ImageEvent | undefined {
  const slash = written.indexOf("/");
  const host = URL.parse(`http://${written.slice(0, Math.max(0, slash))}`)?.host ?? "";
  if (slash < 1 || host !== written.slice(0, slash).toLowerCase()) return undefined;
  // GitHub writes the colon where there is no tag too.
  const parsed = parseImageReference(`${placeholder}/${written.slice(slash + 1).replace(/:$/, "")}`);
  if (parsed.kind === "invalid") return undefined;
  const { path } = parsed.reference;
  const asWritten = parseImageReference(`${host}/${path}`);
  if (asWritten.kind === "valid" && asWritten.reference.domain === dockerHub && isDockerHub(host))
    return imageEvent(dockerHub, asWritten.reference.path);
  return imageEvent(host, path);
}

const placeholder = "registry.invalid";
const dockerHub = "docker.io";

function isDockerHub(host: string): boolean {
  return host.endsWith(dockerHub);
}

function imageEvent(domain: string, path: string): ImageEvent {
  return { kind: "image", repository: { domain, path } };
}
