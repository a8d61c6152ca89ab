import type { FileText } from "../files/source-text.ts";

/** No compose file, manifest or Dockerfile of a person is larger. */
export const textLimitBytes = 1024 * 1024;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The byte-order mark stays in the text as U+FEFF, so that writing it back changes no other byte. */
export function decodeText(bytes: Buffer): FileText {
  if (bytes.length > textLimitBytes) return refuseSize(bytes.length);
  if (bytes.includes(0))
    return {
      kind: "refused",
      reason: "The file holds NUL bytes, so it is no UTF-8 text. Save it as UTF-8, or exclude it.",
    };
  try {
    return { kind: "text", text: utf8.decode(bytes) };
  } catch {
    return { kind: "refused", reason: "The file is not valid UTF-8. Save it as UTF-8." };
  }
}

export function refuseSize(bytes: number): FileText {
  const size = (bytes / textLimitBytes).toFixed(1);
  return { kind: "refused", reason: `The file has ${size} MiB; Talos reads up to 1 MiB. Split it, or exclude it.` };
}
