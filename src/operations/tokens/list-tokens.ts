import type { TokenRecord } from "../../tokens/tokens.ts";
import { plural } from "../plural.ts";
import type { View, ViewCell, ViewPart } from "../view.ts";
import { describeUse } from "./describe-setup.ts";

/** `what`: what one of these is called. */
export function listTokens(records: readonly TokenRecord[], what: "token" | "webhook", nowMs: number): View {
  if (records.length === 0) return [{ type: "text", tone: "quiet", text: `there are no ${what}s` }];
  return [
    { type: "text", text: plural(records.length, what) },
    {
      type: "table",
      columns: ["name", "for", "made", "by", "expires", "last used"],
      rows: records.map((record) => row(record, nowMs)),
    },
    ...otherKeys(records),
  ];
}

function row({ name, use, createdMs, createdBy, expiresMs, lastUsedMs }: TokenRecord, nowMs: number): ViewCell[] {
  const isOver = expiresMs !== undefined && expiresMs <= nowMs;
  return [
    name,
    describeUse(use),
    { atMs: createdMs },
    createdBy,
    expiresMs === undefined
      ? "never"
      : isOver
        ? { text: "expired", tone: "warning" }
        : { atMs: expiresMs, exact: true },
    lastUsedMs === undefined ? { text: "never", tone: "quiet" } : { atMs: lastUsedMs },
  ];
}

function otherKeys(records: readonly TokenRecord[]): readonly ViewPart[] {
  const names = records.filter(({ isOfOtherKey }) => isOfOtherKey === true).map(({ name }) => name);
  if (names.length === 0) return [];
  const [are, them] = names.length === 1 ? ["was", "it"] : ["were", "them"];
  const text = `${names.join(", ")} ${are} made under another key: signatures made with ${them} are refused here. Bring the key back (webhook.key in DataDirectory, or ApiSettings.SecretKey), or make ${them} again.`;
  return [{ type: "text", tone: "warning", text }];
}
