import type { ConfigMap, ConfigNode, ConfigOrigin, ConfigRemark } from "./config-node.ts";
import { mergeNodes } from "./merge-nodes.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const beginning = { line: 1, column: 1 };

/**
 * `Section__Key__0__Name` variables as one layer; `:` may stand for `__`, as .NET has it. Only those that begin with one of
 * `sections` are ours, whatever else the machine has; `values` are the names that need no `__`. An empty variable counts as
 * not set.
 */
export function readEnvironment(
  environment: Environment,
  sections: readonly string[],
  values: readonly string[],
): { readonly layer: ConfigNode; readonly faults: readonly ConfigRemark[] } {
  const nothing: ConfigMap = { kind: "map", entries: [], ...variable("") };
  const faults: ConfigRemark[] = [];
  const setBy = new Map<string, string>();
  let root: ConfigNode = nothing;
  for (const name of Object.keys(environment).sort((a, b) => (a < b ? -1 : 1))) {
    const text = environment[name];
    const keys = name.split(/__|:/);
    const known = keys.length === 1 ? values : sections;
    if (text === undefined || text === "" || !includesName(known, keys[0])) continue;
    const rival = findRival(keys, setBy);
    setBy.set(keys.join("__").toLowerCase(), name);
    if (rival === undefined) {
      root = mergeNodes(root, chain(keys, text, name));
    } else {
      const advice = `is set by the variable ${rival} too; keep one of them`;
      faults.push({ where: keys.join("."), text: advice, from: variable(name) });
    }
  }
  return { layer: root, faults };
}

/** The variable, already read, that gives the same setting, or a single value where this one gives a part. */
function findRival(keys: readonly string[], setBy: ReadonlyMap<string, string>): string | undefined {
  const path = keys.join("__").toLowerCase();
  for (const [other, name] of setBy) {
    if (path === other || path.startsWith(`${other}__`) || other.startsWith(`${path}__`)) return name;
  }
  return undefined;
}

function chain(keys: readonly string[], text: string, name: string): ConfigNode {
  const scalar: ConfigNode = { kind: "scalar", text, ...variable(name) };
  return keys.reduceRight<ConfigNode>(
    (value, key) => ({ kind: "map", entries: [{ key, keyAt: beginning, value }], ...variable(name) }),
    scalar,
  );
}

export function variable(name: string): ConfigOrigin {
  return { at: beginning, source: { kind: "variable", name, hasLines: false } };
}

function includesName(names: readonly string[], wanted: string | undefined): boolean {
  return names.some((name) => name.toLowerCase() === wanted?.toLowerCase());
}
