import { isMap, isScalar } from "yaml";
import type { FileProblem, FoundReference, ImageSegment } from "../found-reference.ts";
import { segmentOf, wholeSegment } from "../placed-text.ts";
import { placeScalar } from "../yaml-text/place-scalar.ts";
import { type LocatedNode, textOfNode } from "./document-tree.ts";
import { problemAt, type YamlFile } from "./yaml-file.ts";

type NodeImage = Pick<FoundReference, "line" | "image" | "written" | "segments">;

/** The image at a node, or what is wrong with it. */
export function readImage(located: LocatedNode, pointer: string, file: YamlFile): NodeImage | FileProblem {
  const { node, alias } = located;
  const offset = (alias ?? node).range?.[0] ?? 0;
  const image = textOfNode(node)?.trim();
  if (image === undefined) return problemAt(file, offset, explainShape(located, pointer, file.text));
  if (image === "")
    return problemAt(file, offset, `The image at ${pointer} is empty; write one, or remove the policy.`);
  const segment = placeImage(located, image, file);
  if (segment === undefined)
    return problemAt(file, offset, `The image at ${pointer} runs over several lines; write it on one.`);
  const written = alias === undefined ? (segment.noted ?? image) : `*${alias.source}`;
  return { line: file.lines.lineAt(offset), image, written, segments: [segment] };
}

function placeImage(located: LocatedNode, image: string, file: YamlFile): ImageSegment | undefined {
  if (!isScalar(located.node)) return undefined;
  const owner = located.anchor === undefined ? undefined : `&${located.anchor}`;
  const placed = placeScalar(located.node, { file: file.path, text: file.text, lines: file.lines, owner });
  const at = placed.noted.indexOf(image);
  // Inside the quotes an image stands as it is, so that any other may take its place.
  if (placed.noted.trim() === image)
    return segmentOf({ ...placed, text: placed.noted, isVerbatim: true, notation: "verbatim" }, at, at + image.length);
  return placed.notation === "verbatim" ? undefined : wholeSegment({ ...placed, text: image });
}

function explainShape({ node }: LocatedNode, pointer: string, text: string): string {
  if (text.startsWith("{{", node.range?.[0]))
    return `The image at ${pointer} is a template ({{ … }}); only plain YAML can be read: exclude the file, or write the image in a values file.`;
  return `The image at ${pointer} is a ${isMap(node) ? "map" : "list"}; RelativeImagePath must lead to a text.`;
}
