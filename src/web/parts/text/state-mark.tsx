import type { Reference } from "../../../http/api/api-schemas.ts";
import type { Tone } from "../../../operations/view.ts";
import { Badge } from "./badge.tsx";

type State = NonNullable<Reference["update"]>["state"];

const states: Readonly<Record<Exclude<State, "proposed">, { readonly text: string; readonly tone: Tone | "accent" }>> =
  {
    asked: { text: "asks you", tone: "accent" },
    deferred: { text: "deferred", tone: "quiet" },
    queued: { text: "queued", tone: "good" },
    dead: { text: "failed", tone: "bad" },
    held: { text: "held", tone: "warning" },
  };

/** The verdict of a reference, or what has become of its update: in colour only where something goes on. */
export function StateMark({ reference: { verdict, update } }: { readonly reference: Reference }) {
  if (verdict !== "update" || update === undefined) return <Verdict verdict={verdict} />;
  if (update.state === "proposed")
    return <Badge tone="accent">{update.strategy === "notify" ? "announced" : "update"}</Badge>;
  const { text, tone } = states[update.state];
  return <Badge tone={tone}>{text}</Badge>;
}

function Verdict({ verdict }: Pick<Reference, "verdict">) {
  return (
    <span class="state-mark">
      <span class={`dot dot-${verdict}`} />
      {verdict}
    </span>
  );
}
