import type { Container } from "../container.ts";
import { composeLabels } from "./compose-labels.ts";

type Labels = Container["labels"];

/**
 * The container without what its image says of where its project is: whoever built an image gave it any labels, and compose
 * would be run with any file there is. Compose itself always says where a project is, and never on an image; the names of
 * project and service it writes on the images it builds as well. `image` undefined: it is gone, and nothing can be told apart.
 */
export function ownWords(container: Container, image: Labels | undefined): Container {
  const isOwn = ([name, value]: readonly [string, string]) =>
    !places.has(name) || (image !== undefined && image[name] !== value);
  return { ...container, labels: Object.fromEntries(Object.entries(container.labels).filter(isOwn)) };
}

const places: ReadonlySet<string> = new Set([
  composeLabels.folder,
  composeLabels.files,
  composeLabels.environmentFiles,
]);
