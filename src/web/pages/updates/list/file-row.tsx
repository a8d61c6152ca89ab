import { Icon } from "../../../parts/control/icon.tsx";
import { Words } from "../../../parts/text/words.tsx";
import type { Row } from "./arrange-rows.ts";

export function FileRow({ row: { source, file, count } }: { readonly row: Extract<Row, { kind: "file" }> }) {
  return (
    <div class="file-row" role="cell" aria-colspan={7}>
      <Icon name="source" />
      <span class="file-source" title={source}>
        <Words>{source}</Words>
      </span>
      <span class="file-path" title={file}>
        <Words>{file}</Words>
      </span>
      <span class="count">{count}</span>
    </div>
  );
}
