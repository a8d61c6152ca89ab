import { type MappedText, sliceMapped } from "./mapped-text.ts";
import type { Instruction } from "./read-instructions.ts";
import { type Flag, splitFlags } from "./split-flags.ts";

/** An image, or stage, that an instruction takes files from. */
export interface ImageFlag {
  readonly kind: "copy" | "mount";
  readonly value: MappedText;
}

/** `COPY --from=…` and `RUN --mount=…,from=…`, also behind ONBUILD. */
export function listImageFlags(instruction: Instruction): readonly ImageFlag[] {
  const { keyword, rest } = innermost(instruction.keyword, instruction.rest);
  if (keyword !== "COPY" && keyword !== "RUN") return [];
  const { flags } = splitFlags(rest);
  if (keyword === "COPY")
    return flags.filter(({ name }) => name === "--from").map(({ value }) => ({ kind: "copy", value }));
  return flags
    .filter(({ name }) => name === "--mount")
    .flatMap(mountSources)
    .map((value) => ({ kind: "mount", value }));
}

interface Command {
  readonly keyword: string;
  readonly rest: MappedText;
}

function innermost(keyword: string, rest: MappedText): Command {
  if (keyword !== "ONBUILD") return { keyword, rest };
  const [lead = "", inner = ""] = /^\s*(\S*)/.exec(rest.text) ?? [];
  return { keyword: inner.toUpperCase(), rest: sliceMapped(rest, lead.length) };
}

/** Fields are separated by commas; one that holds a comma stands in double quotes. */
function mountSources({ value }: Flag): readonly MappedText[] {
  const fields = [...value.text.matchAll(/"[^"]*"|[^",]+/g)];
  return fields.flatMap(({ index, 0: field }) => {
    const isQuoted = field.startsWith('"');
    const match = /^from=(.*)$/is.exec(isQuoted ? field.slice(1, -1) : field);
    if (match === null) return [];
    const start = index + (isQuoted ? 1 : 0) + "from=".length;
    return [sliceMapped(value, start, start + (match[1] ?? "").length)];
  });
}
