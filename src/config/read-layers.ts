import { dirname, isAbsolute, relative, resolve } from "node:path";
import { type ConfigFolder, configFileNames, findConfigFolder, type ReadFile } from "./config-files.ts";
import { type ConfigNode, type ConfigRemark, type ConfigSource, withSource } from "./config-node.ts";
import { readSettings } from "./formats/read-settings.ts";
import type { Environment } from "./read-environment.ts";

export interface LayerRequest {
  readonly environment: Environment;
  readonly currentFolder: string;
  /** This file instead of those of the folder. */
  readonly file?: string | undefined;
}

/** What files say, lowest layer first. */
export interface FileLayers {
  /** What relative paths in settings start from. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly nodes: readonly ConfigNode[];
  readonly faults: readonly ConfigRemark[];
}

type Layer =
  | { readonly kind: "node"; readonly node: ConfigNode }
  | { readonly kind: "absent" }
  | { readonly kind: "faulty"; readonly fault: ConfigRemark };

/** `ownSections` are the names no other program's `appsettings.json` has at its top. */
export function readLayers(request: LayerRequest, ownSections: readonly string[], read: ReadFile): FileLayers {
  const { currentFolder, file } = request;
  const folder = file === undefined ? findFolder(request, read) : folderOf(resolve(currentFolder, file));
  const names = file === undefined ? configFileNames(request.environment) : [resolve(currentFolder, file)];
  const layers: { files: string[]; nodes: ConfigNode[]; faults: ConfigRemark[] } = { files: [], nodes: [], faults: [] };
  for (const name of names) {
    const path = resolve(folder.path, name);
    const shown = shownPath(path, currentFolder);
    const layer = readLayer(path, shown, read);
    const isOurs = folder.isChosen || !name.startsWith("appsettings.");
    if (layer.kind === "absent" && file !== undefined) {
      layers.faults.push({ where: shown, text: "this file does not exist", from: undefined });
    } else if (layer.kind === "faulty" && (isOurs || file !== undefined)) {
      layers.faults.push(layer.fault);
    } else if (layer.kind === "node" && (isOurs || hasSection(layer.node, ownSections))) {
      layers.files.push(shown);
      layers.nodes.push(layer.node);
    }
  }
  return { folder: folder.path, ...layers };
}

function readLayer(path: string, shown: string, read: ReadFile): Layer {
  const reading = read(path);
  if (reading.kind === "missing") return { kind: "absent" };
  if (reading.kind === "unreadable") return faulty(shown, `cannot be read: ${reading.reason}`);
  const parsed = readSettings(path, reading.text);
  const source: ConfigSource = { kind: "file", name: shown, hasLines: !path.endsWith(".toml") };
  if (parsed.kind === "invalid") {
    const [problem] = parsed.problems;
    return faulty(
      problem === undefined ? shown : `${shown}:${problem.at.line}:${problem.at.column}`,
      problem?.text ?? "",
    );
  }
  if (parsed.setting.kind === "map") return { kind: "node", node: withSource(parsed.setting, source) };
  return faulty(
    shown,
    `must hold sections such as ImageUpdateSettings, not a ${parsed.setting.kind === "scalar" ? "text" : parsed.setting.kind}`,
  );
}

function findFolder(request: LayerRequest, read: ReadFile): ConfigFolder {
  const folder = findConfigFolder(request.environment, request.currentFolder, read);
  return { ...folder, path: resolve(request.currentFolder, folder.path) };
}

function folderOf(file: string): ConfigFolder {
  return { path: dirname(file), isChosen: true };
}

/** A folder that is only where the person is may hold the `appsettings.json` of another .NET program. */
function hasSection(node: ConfigNode, sections: readonly string[]): boolean {
  const names = sections.map((name) => name.toLowerCase());
  return node.kind === "map" && node.entries.some(({ key }) => names.includes(key.toLowerCase()));
}

function shownPath(path: string, currentFolder: string): string {
  const shown = relative(currentFolder, path);
  return shown.startsWith("..") || isAbsolute(shown) ? path : shown;
}

function faulty(where: string, text: string): Layer {
  return { kind: "faulty", fault: { where, text, from: undefined } };
}
