import type { FileText, SourceText } from "../../src/files/source-text.ts";

/** A source of a few texts, by path. A path out of it is refused, as real sources do. */
export function sourceOf(texts: Readonly<Record<string, string | FileText>>): SourceText {
  return (path) => {
    if (path.startsWith("..") || path.startsWith("/"))
      return { kind: "refused", reason: `${path} leads out of the source: name a file inside it.` };
    const text = texts[path];
    if (text === undefined) return { kind: "missing" };
    return typeof text === "string" ? { kind: "text", text } : text;
  };
}
