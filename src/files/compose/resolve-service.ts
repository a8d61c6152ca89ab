/**
 * A service as Compose sees it: its own keys over those of the service it extends, in this file or another. `image` and
 * `x-tl` replace what is inherited; maps such as `x-talos` are merged key by key, and lists in them are put together.
 * `!reset` takes an inherited key away.
 */
import { isScalar } from "yaml";
import type { Setting } from "../../policy/setting.ts";
import type { FileProblem } from "../found-reference.ts";
import type { PlacedText } from "../placed-text.ts";
import { isNothing } from "../yaml-text/find-field.ts";
import { placeScalar } from "../yaml-text/place-scalar.ts";
import { readSetting } from "../yaml-text/read-setting.ts";
import { findBase } from "./find-base.ts";
import { inheritSetting } from "./inherit-setting.ts";
import type { Project } from "./project.ts";
import { type ComposeFile, type ComposeService, type LayeredField, problemAt, startOf } from "./read-compose-file.ts";
import { findField } from "./service-field.ts";

export interface ResolvedService {
  readonly image: PlacedText | undefined;
  readonly isBuiltHere: boolean;
  readonly long: Setting | undefined;
  readonly short: Setting | undefined;
}

type ServiceReading =
  | { readonly kind: "resolved"; readonly service: ResolvedService }
  | { readonly kind: "problem"; readonly problem: FileProblem };

export type ResolveService = (file: ComposeFile, service: ComposeService) => ServiceReading;

/** More than any file needs, and few enough to follow. */
const maxExtends = 32;

export function serviceResolver(project: Project): ResolveService {
  const known = new Map<string, ServiceReading>();
  // Problems are not kept: what is wrong with a long or circular chain depends on where it was entered.
  const resolve = (file: ComposeFile, service: ComposeService, trail: readonly string[]): ServiceReading => {
    const id = `${file.path}#${service.name}`;
    const before = known.get(id);
    if (before !== undefined) return before;
    const reading = readService(file, service, () => resolveBase(file, service, [...trail, id]));
    if (reading.kind === "resolved") known.set(id, reading);
    return reading;
  };
  const resolveBase = (
    file: ComposeFile,
    service: ComposeService,
    trail: readonly string[],
  ): ServiceReading | undefined => {
    const base = findBase(project, file, service);
    if (base === undefined || base.kind === "problem") return base;
    const refuse = (text: string): ServiceReading => ({ kind: "problem", problem: problemAt(file, base.at, text) });
    if (trail.includes(`${base.file.path}#${base.service.name}`))
      return refuse(`Service ${service.name} extends itself by way of ${base.service.name}: break the circle.`);
    if (trail.length > maxExtends)
      return refuse(`Service ${service.name} stands on more than ${maxExtends} others: extend fewer.`);
    const reading = resolve(base.file, base.service, trail);
    if (reading.kind === "resolved" || trail.length > 1) return reading;
    const { text, file: where, line } = reading.problem;
    return refuse(
      `Service ${service.name} extends ${base.service.name}, which cannot be read (${where}, line ${line}): ${text}`,
    );
  };
  return (file, service) => resolve(file, service, []);
}

function readService(
  file: ComposeFile,
  service: ComposeService,
  resolveBase: () => ServiceReading | undefined,
): ServiceReading {
  if (service.problem !== undefined) return { kind: "problem", problem: service.problem };
  const base = resolveBase();
  if (base?.kind === "problem") return base;
  const inherited = base?.service;

  const image = findField(service, "image");
  const build = findField(service, "build");
  const own = readImage(file, image);
  if (own === "not-a-text") {
    const text = `The image of service ${service.name} must be a text: write \`image: name:tag\`.`;
    return { kind: "problem", problem: problemAt(file, startOf(image?.keyNode), text) };
  }
  return {
    kind: "resolved",
    service: {
      image: image?.isReset === true ? undefined : (own ?? inherited?.image),
      isBuiltHere: build?.isReset === true ? false : !isNothing(build?.value) || inherited?.isBuiltHere === true,
      long: inheritSetting(inherited?.long, findField(service, "x-talos"), (field) => readLong(file, field)),
      short: inheritSetting(inherited?.short, findField(service, "x-tl"), (field) => readShort(file, field)),
    },
  };
}

function readImage(file: ComposeFile, field: LayeredField | undefined): PlacedText | "not-a-text" | undefined {
  if (field === undefined || isNothing(field.value)) return undefined;
  if (!isScalar(field.value)) return "not-a-text";
  return placeScalar(field.value, { file: file.path, text: file.text, lines: file.lines, owner: field.anchor });
}

function readLong({ lines }: ComposeFile, { value, keyNode, document }: LayeredField): Setting {
  return readSetting(isNothing(value) ? undefined : value, startOf(keyNode), document, lines);
}

/** The parser saw a mask where the value is not quoted, see mask-short-forms.ts; the text itself has what was written. */
function readShort(file: ComposeFile, field: LayeredField): Setting {
  const { value, keyNode, document } = field;
  const setting = readSetting(value, startOf(keyNode), document, file.lines);
  if (!isScalar(value) || value.type !== "PLAIN" || setting.kind !== "scalar") return setting;
  const [start, end] = value.range ?? [0, 0];
  return { ...setting, text: file.text.slice(start, end) };
}
