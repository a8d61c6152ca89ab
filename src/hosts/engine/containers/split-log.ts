/** How the engine sends a log: as the terminal got it, or in frames that say which stream each belongs to. */
export type LogForm = "terminal" | "frames";

interface Frame {
  readonly stream: number;
  readonly bytes: Buffer;
}

const headerBytes = 8;

/**
 * The lines of a container's log in the order in which they ended. A frame may hold part of a line, which goes on in the next one of its
 * stream. Nothing of a line is changed; the carriage return that a terminal puts before each line's end belongs to the end.
 */
export function splitLog(bytes: Buffer, form: LogForm): readonly string[] {
  const frames = form === "terminal" ? [{ stream: 1, bytes }] : readFrames(bytes);
  const lines: string[] = [];
  const begun = new Map<number, Buffer>();
  for (const { stream, bytes: part } of frames) {
    let rest = Buffer.concat([begun.get(stream) ?? Buffer.alloc(0), part]);
    for (let at = rest.indexOf("\n"); at !== -1; at = rest.indexOf("\n")) {
      lines.push(lineOf(rest.subarray(0, at)));
      rest = rest.subarray(at + 1);
    }
    begun.set(stream, rest);
  }
  for (const rest of begun.values()) if (rest.length > 0) lines.push(lineOf(rest));
  return lines;
}

/** A last frame that is cut short counts as far as it came. */
function readFrames(bytes: Buffer): readonly Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + headerBytes <= bytes.length; ) {
    const end = at + headerBytes + bytes.readUInt32BE(at + 4);
    frames.push({ stream: bytes.readUInt8(at), bytes: bytes.subarray(at + headerBytes, end) });
    at = end;
  }
  return frames;
}

function lineOf(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/\r$/, "");
}
