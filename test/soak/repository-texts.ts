/** The files of a simulated source, written by a pattern and read back by it, without the product's finders. */
import type { Files } from "../fixtures/memory-git-repository.ts";
import { type ModelPolicy, readPolicy, writeFlow, writePairs } from "./policies.ts";

export interface Place {
  /** Of the whole world the only one: `r12`. */
  readonly name: string;
  readonly file: string;
}

export interface ReadPlace extends Place {
  /** The whole text of the image. */
  readonly image: string;
  readonly policy: ModelPolicy;
}

export const settingsFile = `Glob:
  DockerCompose: {}
  Dockerfile: {}
  Env: {}
  Yaml:
    - IncludeGlobs: ["k8s/*.yaml"]
      AncestorPath: /*
      RelativeImagePath: /image
      RelativeTalosPath: /talos
`;

function renderPlace({ name, file, image, policy }: ReadPlace): string {
  if (file.endsWith("Dockerfile")) return `FROM ${image} AS ${name}\n# !talos ${writePairs(policy)}\nRUN true\n`;
  if (file.endsWith(".env")) return `${name}=${image}\n# !talos ${writePairs(policy)}\n`;
  if (file.endsWith(".yaml")) return `${name}:\n  image: ${image}\n  talos: ${writeFlow(policy)}\n`;
  return `  ${name}:\n    image: ${image}\n    x-talos: ${writeFlow(policy)}\n`;
}

export function renderFile(file: string, places: readonly ReadPlace[]): string {
  return (file.endsWith(".yml") ? "services:\n" : "") + places.map(renderPlace).join("");
}

/** In the order of the files' paths and their lines. */
export function readPlaces(files: Files): ReadonlyMap<string, ReadPlace> {
  const places = new Map<string, ReadPlace>();
  for (const file of Object.keys(files).sort())
    for (const match of (files[file] ?? "").matchAll(patternOf(file))) {
      const { name = "", image = "", policy = "" } = match.groups ?? {};
      places.set(name, { name, file, image, policy: readPolicy(policy) });
    }
  return places;
}

function patternOf(file: string): RegExp {
  if (file.endsWith("Dockerfile")) return /^FROM (?<image>\S+) AS (?<name>r\d+)\n# !talos (?<policy>.*)$/gm;
  if (file.endsWith(".env")) return /^(?<name>r\d+)=(?<image>\S+)\n# !talos (?<policy>.*)$/gm;
  if (file.endsWith(".yaml")) return /^(?<name>r\d+):\n {2}image: (?<image>\S+)\n {2}talos: (?<policy>.*)$/gm;
  return /^ {2}(?<name>r\d+):\n {4}image: (?<image>\S+)\n {4}x-talos: (?<policy>.*)$/gm;
}

/** The file with one place replaced; undefined: taken out. */
export function changePlace(files: Files, before: ReadPlace, after: ReadPlace | undefined): Files {
  const text = files[before.file] ?? "";
  return { [before.file]: text.replace(renderPlace(before), () => (after === undefined ? "" : renderPlace(after))) };
}

/** As Talos calls a place in what it says. */
export function spokenName({ name, file }: Place): string {
  return file.endsWith(".yaml") ? `0/${name}/image` : name;
}

/** The place that Talos speaks of. */
export function nameOfSpoken(spoken: string): string {
  return /r\d+/.exec(spoken)?.[0] ?? spoken;
}

/** `repository`, `tag`, `digest` of an image's text. */
export function splitImage(image: string): { repository: string; tag: string; digest: string | undefined } {
  const [name = "", digest] = image.split("@");
  const colon = name.lastIndexOf(":");
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest };
}
