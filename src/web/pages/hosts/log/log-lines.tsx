import { useMemo } from "preact/hooks";
import { markMatches } from "./find-in-log.ts";
import type { LogLine } from "./log-buffer.ts";

const blockSize = 100;

/** Lines in blocks, of which only those that changed are drawn again. */
export function LogLines({
  lines,
  words,
  current,
}: {
  readonly lines: readonly LogLine[];
  /** To be marked. */
  readonly words: string;
  /** The line of the match that the reader is at. */
  readonly current: number | undefined;
}) {
  const blocks = [...Map.groupBy(lines, ({ id }) => Math.floor(id / blockSize))];
  return blocks.map(([block, some]) => (
    <Block
      key={block}
      lines={some}
      words={words}
      current={current !== undefined && Math.floor(current / blockSize) === block ? current : undefined}
    />
  ));
}

interface BlockProps {
  readonly lines: readonly LogLine[];
  readonly words: string;
  readonly current: number | undefined;
}

/** The same element again is not looked at again. */
function Block({ lines, words, current }: BlockProps) {
  return useMemo(
    () => (
      <div class="log-block">
        {lines.map(({ id, text }) => (
          <div key={id} class="log-line" data-line={id} aria-current={id === current ? "true" : undefined}>
            {words === "" ? text : <Marked text={text} words={words} />}
            {text === "" ? "\n" : undefined}
          </div>
        ))}
      </div>
    ),
    [words, current, lines.length, lines[0]?.id, lines.at(-1)?.id],
  );
}

function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  return markMatches(text, words).map((piece, index) =>
    piece.isMatch ? <mark key={index}>{piece.text}</mark> : piece.text,
  );
}
