// The configuration: files and environment in layers, checked as a whole. Every fault is told at once, each with its
// setting and the file or variable it came from; a faulty configuration is never used in part. Specification: delivery,
// section 10. Loading zod takes its time: import this room only where settings are needed.
import { resolve } from "node:path";
import { z } from "zod";
import { checkSettings } from "./check-settings.ts";
import { crossCheck, type YamlPathCheck } from "./checks/cross-checks.ts";
import { type ReadFile, readFromDisk } from "./config-files.ts";
import type { ConfigNode, ConfigRemark } from "./config-node.ts";
import { mergeNodes } from "./merge-nodes.ts";
import { applyOlderNames } from "./older-names.ts";
import { readEnvironment } from "./read-environment.ts";
import { type LayerRequest, readLayers } from "./read-layers.ts";
import { type Config, configSchema } from "./schema.ts";
import { takeApart } from "./schema-parts.ts";

export interface ConfigRequest extends LayerRequest {
  readonly readFile?: ReadFile;
  readonly checkYamlPath?: YamlPathCheck;
}

export type ConfigReading = LoadedConfig | FaultyConfig;

export interface LoadedConfig {
  readonly kind: "loaded";
  readonly config: Config;
  readonly notices: readonly ConfigRemark[];
  /** The settings that are not defaults, by path: `ApiSettings.Port`. */
  readonly given: ReadonlyMap<string, ConfigNode>;
  /** The files that were read, lowest layer first. */
  readonly files: readonly string[];
}

interface FaultyConfig {
  readonly kind: "faulty";
  readonly faults: readonly ConfigRemark[];
  readonly notices: readonly ConfigRemark[];
}

/** Nothing configured at all is fine: then every setting has its default. */
export function loadConfig(request: ConfigRequest): ConfigReading {
  const read = request.readFile ?? readFromDisk;
  const { sections, values } = topLevelNames();
  const layers = readLayers(
    request,
    sections.filter((name) => !sharedSections.includes(name)),
    read,
  );
  const environment = readEnvironment(request.environment, sections, values);
  const merged = [...layers.nodes, environment.layer].reduce<ConfigNode | undefined>(
    (lower, upper) => (lower === undefined ? upper : mergeNodes(lower, upper)),
    undefined,
  );
  const root = applyOlderNames(merged ?? environment.layer, request.environment);
  const checked = checkSettings(root, configSchema, (path) => readValue(resolve(layers.folder, path), read));
  const crossed = crossCheck(checked.shaped, checked.given, request.checkYamlPath ?? (() => undefined));
  const faults = [...layers.faults, ...environment.faults, ...checked.faults, ...crossed.faults];
  const notices = [...checked.notices, ...crossed.notices];
  if (faults.length > 0 || checked.value === undefined) return { kind: "faulty", faults, notices };
  return { kind: "loaded", config: checked.value, notices, given: checked.given, files: layers.files };
}

/** Sections that any .NET program may have. */
const sharedSections = ["Serilog", "Logging", "AllowedHosts", "$schema"];

/** The sections, and those settings at the top that are single values. */
function topLevelNames(): { readonly sections: readonly string[]; readonly values: readonly string[] } {
  const sections = Object.keys(configSchema.shape);
  const isSection = (schema: z.core.$ZodType) => {
    const { core, isTree } = takeApart(schema);
    return isTree || core instanceof z.ZodObject || core instanceof z.ZodArray;
  };
  const values = Object.entries(configSchema.shape).filter(([, schema]) => !isSection(schema));
  return { sections, values: values.map(([name]) => name) };
}

function readValue(path: string, read: ReadFile): { readonly text: string } | { readonly problem: string } {
  const reading = read(path);
  switch (reading.kind) {
    case "text":
      return { text: reading.text };
    case "missing":
      return { problem: `is to be read from ${path}, which does not exist` };
    case "unreadable":
      return { problem: `is to be read from ${path}, which cannot be read: ${reading.reason}` };
  }
}
