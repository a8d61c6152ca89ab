import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import type { Setting } from "../../policy/setting.ts";
import type { LineIndex } from "../line-index.ts";
import { follow, mergedFields } from "./find-field.ts";
import type { YamlDocument } from "./read-yaml.ts";
import { scalarText } from "./scalar-text.ts";

/**
 * A setting as written, aliases followed and merge keys applied. Nothing written is the empty text; what else a scalar
 * says, `readScalar` decides.
 */
export function readSetting(
  node: Node | undefined,
  nothingAt: number,
  document: YamlDocument,
  lines: LineIndex,
  readScalar: (scalar: Scalar) => string = scalarText,
): Setting {
  const start = node?.range?.[0] ?? nothingAt;
  const at = lines.positionAt(start);
  if (isMap(node)) {
    const entries = mergedFields(node, document).map(({ key, keyNode, value }) => {
      const keyStart = keyNode.range?.[0] ?? start;
      return {
        key,
        keyAt: lines.positionAt(keyStart),
        value: readSetting(value, keyStart, document, lines, readScalar),
      };
    });
    return { kind: "map", entries, at };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => readSetting(follow(item, document), start, document, lines, readScalar));
    return { kind: "list", items, at };
  }
  return { kind: "scalar", text: isScalar(node) ? readScalar(node) : "", at };
}
