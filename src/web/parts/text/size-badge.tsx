import type { Tone } from "../../../operations/view.ts";
import { Badge } from "./badge.tsx";

const tones: Readonly<Record<string, Tone>> = { major: "bad", minor: "warning", patch: "good", digest: "quiet" };

/** How far a step is. */
export function SizeBadge({ size }: { readonly size: string }) {
  return <Badge tone={tones[size] ?? "quiet"}>{size}</Badge>;
}
