import type { OutputAsset, OutputChunk } from "rolldown";

/** The modules that something of has ended up in the output; styles end up beside it. */
export function modulesOf(output: readonly (OutputChunk | OutputAsset)[]): readonly string[] {
  return output.flatMap((part) =>
    part.type === "asset"
      ? []
      : Object.entries(part.modules)
          .filter(([id, { renderedLength }]) => renderedLength > 0 || id.endsWith(".css"))
          .map(([id]) => id),
  );
}
