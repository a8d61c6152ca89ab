import { type Document, parseAllDocuments } from "yaml";
import type { YamlFault } from "./yaml-fault.ts";

type Parsing = { readonly kind: "parsed"; readonly documents: readonly Document[] } | YamlFault;

const maxOpenBrackets = 400;

/**
 * The documents of a text, each with its own errors. Every scalar stays a text. Keys are not compared: the parser would
 * compare each with every other.
 */
export function parseDocuments(text: string): Parsing {
  const fault = findConflict(text) ?? findDeepFlow(text);
  if (fault !== undefined) return fault;
  const options = { schema: "failsafe", uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
  return { kind: "parsed", documents: [...parseAllDocuments(text, options)] };
}

/** What git leaves where it could not merge. */
function findConflict(text: string): YamlFault | undefined {
  const at = text.search(/^<{7}(?= |\r?$)/m);
  if (at === -1) return undefined;
  return { kind: "fault", at, text: "A merge was not finished here: keep one side, and remove the marks." };
}

/** The parser is slow with thousands of open brackets, so this looks first. It also counts those inside texts. */
function findDeepFlow(text: string): YamlFault | undefined {
  let open = 0;
  for (const { index, 0: sign } of text.matchAll(/[[\]{}]/g)) {
    open = sign === "[" || sign === "{" ? open + 1 : Math.max(0, open - 1);
    if (open > maxOpenBrackets) {
      const advice = "close them, or make the YAML flatter.";
      return { kind: "fault", at: index, text: `More than ${maxOpenBrackets} brackets are open at once: ${advice}` };
    }
  }
  return undefined;
}
