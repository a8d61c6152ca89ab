import type { View } from "../../operations/view.ts";
import type { ErrorCode, TalosError } from "../../talos-error.ts";
import type { ProblemStatus, problem } from "../problem.ts";

type Facts = Parameters<typeof problem>[2];

const known: Readonly<Partial<Record<ErrorCode, readonly [ProblemStatus, string]>>> = {
  usage: [400, "What was asked is not understood"],
  "target-not-found": [404, "There is no such thing"],
  ambiguous: [409, "Several things are called that"],
  cancelled: [422, "It was cancelled"],
  "timed-out": [422, "It took too long"],
};

/** What is expected to fail, as a problem. */
export function describeFailure({ code, message, hint }: TalosError): readonly [ProblemStatus, Facts] {
  return describe(code, message, hint === undefined ? {} : { hint });
}

/** Likewise, where an operation has answered with a view. */
export function describeRefusal(code: ErrorCode, view: View): readonly [ProblemStatus, Facts] {
  const [detail = code, hint] = view.flatMap((part) => (part.type === "text" ? part.text : []));
  return describe(code, detail, { view, ...(hint === undefined ? {} : { hint }) });
}

function describe(code: ErrorCode, detail: string, more: Pick<Facts, "hint" | "view">) {
  const [status, title] = known[code] ?? ([422, "It could not be done"] as const);
  return [status, { code, title, detail, ...more }] as const;
}
