/** What can be done about a reference, and which operation does it. Whether the reader may is asked elsewhere. */
import type { Reference } from "../../../http/api/api-schemas.ts";
import type { IconName } from "../../parts/control/icon.tsx";
import type { Arguments } from "./run-operation.ts";

export const actions = ["push", "defer", "ignore", "hold", "unhold"] as const;
export type Action = (typeof actions)[number];

export const describedActions: Readonly<
  Record<Action, { readonly text: string; readonly icon: IconName; readonly about: string; readonly operation: string }>
> = {
  push: { text: "Push", icon: "go", about: "deliver it", operation: "update answer" },
  defer: { text: "Defer", icon: "later", about: "ask again at the next scan", operation: "update answer" },
  ignore: { text: "Ignore", icon: "ignore", about: "not this version again", operation: "update answer" },
  hold: { text: "Hold", icon: "hold", about: "let nothing of it go until it is lifted", operation: "update hold" },
  unhold: {
    text: "Lift",
    icon: "again",
    about: "lift every hold, revert and refusal of it",
    operation: "update unhold",
  },
};

const liftable = new Set(["on-hold", "declined", "reverted"]);

export function possibleActions({ verdict, update, reasons, policy }: Reference): readonly Action[] {
  const isAsked = update?.state === "asked" || update?.state === "deferred";
  const isHeld = update?.state === "held" || reasons.some(({ code }) => liftable.has(code));
  const isOnHold = reasons.some(({ code }) => code === "on-hold");
  const takesPart = policy !== undefined && verdict !== "skipped";
  return [
    ...(isAsked ? (["push", "defer", "ignore"] as const) : []),
    ...(takesPart && !isOnHold ? (["hold"] as const) : []),
    ...(isHeld ? (["unhold"] as const) : []),
  ];
}

/** Those that stand in its row; to hold it is offered for many at once, and among its details. */
export function rowActions(reference: Reference): readonly Action[] {
  return possibleActions(reference).filter((action) => action !== "hold");
}

export function argumentsOf(
  action: Action,
  { key, question }: { readonly key: string; readonly question?: string | undefined },
): Arguments {
  if (action === "hold" || action === "unhold") return { reference: key };
  return { reference: key, answer: action, ...(question === undefined ? {} : { question }) };
}
