import type { Position, Setting } from "../policy/setting.ts";

/** A setting and where it came from. Structurally a `Setting`, so that the policy room reads it. */
export type ConfigNode =
  | { readonly kind: "scalar"; readonly text: string; readonly at: Position; readonly source: ConfigSource }
  | {
      readonly kind: "list";
      readonly items: readonly ConfigNode[];
      readonly at: Position;
      readonly source: ConfigSource;
    }
  | {
      readonly kind: "map";
      readonly entries: readonly ConfigEntry[];
      readonly at: Position;
      readonly source: ConfigSource;
    };

export type ConfigMap = Extract<ConfigNode, { kind: "map" }>;

export interface ConfigEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: ConfigNode;
}

export interface ConfigSource {
  readonly kind: "file" | "variable";
  /** The file's path as the person knows it, or the variable's name. */
  readonly name: string;
  /** Whether positions are known. */
  readonly hasLines: boolean;
}

export type ConfigOrigin = Pick<ConfigNode, "at" | "source">;

/** What is wrong, or deserves a word: `where` is a setting (`ImageUpdateSettings.Repositories[0].Url`) or a file. */
export interface ConfigRemark {
  readonly where: string;
  readonly text: string;
  /** undefined when `where` says it all. */
  readonly from: ConfigOrigin | undefined;
}

/** One line, as `talos config check` prints it. */
export function formatRemark({ where, text, from }: ConfigRemark): string {
  return from === undefined ? `${where}: ${text}` : `${where}: ${text} (${formatOrigin(from)})`;
}

/** `talos.yaml:12`, `variable X` */
export function formatOrigin({ source, at }: ConfigOrigin): string {
  if (source.kind !== "file") return `variable ${source.name}`;
  return source.hasLines ? `${source.name}:${at.line}` : source.name;
}

export function withSource(setting: Setting, source: ConfigSource): ConfigNode {
  switch (setting.kind) {
    case "scalar":
      return { ...setting, source };
    case "list":
      return { ...setting, source, items: setting.items.map((item) => withSource(item, source)) };
    case "map":
      return {
        ...setting,
        source,
        entries: setting.entries.map((entry) => ({ ...entry, value: withSource(entry.value, source) })),
      };
  }
}

/** By name in any case. */
function findEntry(map: ConfigMap, key: string): ConfigEntry | undefined {
  const wanted = key.toLowerCase();
  return map.entries.find((entry) => entry.key.toLowerCase() === wanted);
}

/** Follows names through maps; undefined where there is none. */
export function findNode(root: ConfigNode, path: readonly string[]): ConfigNode | undefined {
  let node: ConfigNode | undefined = root;
  for (const key of path) node = node?.kind === "map" ? findEntry(node, key)?.value : undefined;
  return node;
}
