import { type ConfigNode, findNode } from "./config-node.ts";
import { mergeNodes } from "./merge-nodes.ts";
import { type Environment, variable } from "./read-environment.ts";

/** Settings of the earlier program that have another name now, laid under what is set by its own name. */
export function applyOlderNames(root: ConfigNode, environment: Environment): ConfigNode {
  const hours = findNode(root, ["SkopeoSettings", "CacheDurationHours"]);
  const minimumLevel = findNode(root, ["Serilog", "MinimumLevel"]);
  const level = minimumLevel?.kind === "map" ? findNode(minimumLevel, ["Default"]) : minimumLevel;
  const ports = environment["ASPNETCORE_HTTP_PORTS"];
  const older = [
    rename(hours, ["RegistrySettings", "CacheDuration"], (text) => (/^\d+$/.test(text) ? `${text}h` : undefined)),
    rename(level, ["LogSettings", "Level"], (text) => (text.toLowerCase() === "verbose" ? "Trace" : text)),
    rename(
      ports === undefined || ports === ""
        ? undefined
        : { kind: "scalar", text: ports, ...variable("ASPNETCORE_HTTP_PORTS") },
      ["ApiSettings", "Port"],
      (text) => text.split(";")[0],
    ),
  ];
  return older.reduce<ConfigNode>((merged, layer) => (layer === undefined ? merged : mergeNodes(layer, merged)), root);
}

function rename(
  node: ConfigNode | undefined,
  path: readonly string[],
  translate: (text: string) => string | undefined,
): ConfigNode | undefined {
  if (node?.kind !== "scalar") return undefined;
  const text = translate(node.text);
  if (text === undefined) return undefined;
  const { at, source } = node;
  return path.reduceRight<ConfigNode>(
    (value, key) => ({ kind: "map", entries: [{ key, keyAt: at, value }], at, source }),
    { kind: "scalar", text, at, source },
  );
}
