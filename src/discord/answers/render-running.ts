import type { ViewPart } from "../../operations/view.ts";
import { formatCustomId } from "../custom-id.ts";
import type { Message } from "../message.ts";
import { composeMessage } from "../messages/compose-message.ts";
import { italic } from "../text/markdown.ts";
import { plain } from "../text/plain.ts";
import type { Asked } from "./answer.ts";
import { answerHead } from "./answer-head.ts";
import { paginate } from "./paginate.ts";
import { viewPieces } from "./view-pieces.ts";

export interface Running extends Asked {
  /** What its Cancel button carries. */
  readonly runId: string;
  readonly atMs: number;
  /** How far it is; undefined: it has not said anything yet. */
  readonly status: string | undefined;
  /** The parts of the answer that are there. */
  readonly parts: readonly ViewPart[];
}

const longestStatus = 300;
/** More than a page has; what is followed for days has many. */
const latestParts = 50;

/** Of the parts that are there the last page is shown: the latest. */
export function renderRunning(running: Running): Message {
  const { operation, status = "Talos is thinking…", parts, runId, atMs } = running;
  const latest = parts.slice(-latestParts).filter(({ type }) => type !== "choice");
  const pages = paginate(viewPieces(latest, { isError: false, nowMs: atMs }));
  const blocks = (pages.at(-1) ?? []).flatMap(({ block }) => (block === undefined ? [] : [block]));
  const body = [answerHead(running), ...blocks, italic(plain(status, longestStatus))];
  return composeMessage({
    cards: [{ bar: operation.access === "read" ? "read" : "done", body, atMs }],
    rows: [[{ label: "Cancel", color: "red", press: { customId: formatCustomId({ kind: "cancel", runId }) } }]],
  });
}

/** Talos ended before the operation did: nobody knows what became of it. */
export function renderInterrupted(asked: Asked, atMs: number): Message {
  const body = [answerHead(asked), "Talos was stopped while this was running. Ask again to see what became of it."];
  return composeMessage({ cards: [{ bar: "over", body, atMs }] });
}
