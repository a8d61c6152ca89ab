/** How the engine sends a log: as the terminal got it, or in frames that say which stream each belongs to. */
export type LogForm = "terminal" | "frames";

export interface LogSplitter {
  /** The lines that have ended by now. */
  push(bytes: Buffer): readonly string[];
  /** What was not ended by a line's end. A last frame that is cut short counts as far as it came. */
  end(): readonly string[];
}

const headerBytes = 8;
/** A line that is longer comes in pieces of this size at least, so that one without an end is not kept for ever. */
const longestLine = 4 * 1024 * 1024;

/** The lines of a container's log that is there as a whole. */
export function splitLog(bytes: Buffer, form: LogForm): readonly string[] {
  const splitter = openLogSplitter(form);
  return [...splitter.push(bytes), ...splitter.end()];
}

/**
 * The lines of a container's log in the order in which they ended. A frame may hold part of a line, which goes on in the next one of its
 * stream. Nothing of a line is changed; the carriage return that a terminal puts before each line's end belongs to the end.
 */
export function openLogSplitter(form: LogForm): LogSplitter {
  /** What was begun, by stream. */
  const begun = new Map<number, Buffer>();
  const add = (stream: number, part: Buffer): readonly string[] => {
    const lines: string[] = [];
    let rest = join(begun.get(stream), part);
    for (let at = rest.indexOf("\n"); at !== -1; at = rest.indexOf("\n")) {
      lines.push(lineOf(rest.subarray(0, at)));
      rest = rest.subarray(at + 1);
    }
    if (rest.length > longestLine) {
      lines.push(lineOf(rest));
      rest = Buffer.alloc(0);
    }
    begun.set(stream, rest);
    return lines;
  };
  const finish = () => [...begun.values()].filter((rest) => rest.length > 0).map(lineOf);
  if (form === "terminal") return { push: (bytes) => add(1, bytes), end: finish };

  /** Of a header that is not there as a whole. */
  let head: Buffer = Buffer.alloc(0);
  let frame = { stream: 0, missing: 0 };
  return {
    push(bytes) {
      const lines: string[] = [];
      let rest = join(head, bytes);
      head = Buffer.alloc(0);
      while (rest.length > 0) {
        if (frame.missing === 0) {
          if (rest.length < headerBytes) {
            head = rest;
            break;
          }
          frame = { stream: rest.readUInt8(0), missing: rest.readUInt32BE(4) };
          rest = rest.subarray(headerBytes);
        }
        const part = rest.subarray(0, frame.missing);
        lines.push(...add(frame.stream, part));
        frame = { ...frame, missing: frame.missing - part.length };
        rest = rest.subarray(part.length);
      }
      return lines;
    },
    end: finish,
  };
}

function join(before: Buffer | undefined, bytes: Buffer): Buffer {
  return before === undefined || before.length === 0 ? bytes : Buffer.concat([before, bytes]);
}

function lineOf(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/\r$/, "");
}
