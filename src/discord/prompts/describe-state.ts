import { shortImage } from "../../images/short-image.ts";
import type { BoardMember, QuestionState } from "../board/board.ts";
import type { Bar } from "../messages/draft.ts";
import { actorName } from "../text/actor-name.ts";
import { link } from "../text/link.ts";
import { bold, type Markdown, md, type Text } from "../text/markdown.ts";
import { plain } from "../text/plain.ts";

/** How much of what comes from outside is shown; an address with more is not linked to. */
export interface StateLimits {
  readonly reason: number;
  readonly address: number;
}

/** Who chose what, and what became of it. */
export function describeState(
  state: Exclude<QuestionState, { kind: "open" }>,
  limits: StateLimits = { reason: 250, address: 200 },
): Markdown {
  switch (state.kind) {
    case "again":
      return md`Deferred, and asked again in a later message.`;
    case "deferred":
      return md`${chose(state.by, "Defer")}: it is asked again at the next scan.`;
    case "ignored":
      return md`${chose(state.by, "Ignore")}: this version is not proposed again.`;
    case "closed":
      return md`Not asked any more: ${plain(state.text, limits.reason)}.`;
    case "approved":
      return describeApproved(state, limits);
    case "delivered":
      return md`${chose(state.by, "Push")}: ${describePlace(state, limits)}${instead(state.to)}.`;
    case "failed":
      return md`${chose(state.by, "Push")}. ${bold("Not delivered")}: ${plain(state.text, limits.reason)}`;
  }
}

function chose(by: string, answer: string): Markdown {
  return md`${plain(actorName(by), 40)} chose ${bold(answer)}`;
}

function describeApproved(
  { by, text, isFailing, link: url, to }: Extract<QuestionState, { kind: "approved" }>,
  limits: StateLimits,
): Markdown {
  if (text === undefined) return md`${chose(by, "Push")}: it is delivered as soon as it may${instead(to)}.`;
  const what = linkWithin(text, url, limits);
  if (isFailing === true) return md`${chose(by, "Push")}. ${bold("Failed")}, and is tried again: ${what}`;
  return md`${chose(by, "Push")}: ${what}`;
}

function describePlace(
  { commit, link: url }: { commit?: string | undefined; link?: string | undefined },
  limits: StateLimits,
) {
  if (commit === undefined && url === undefined) return "it is in the repository";
  const text = commit === undefined ? "what was merged" : `commit ${commit.slice(0, 8)}`;
  return md`delivered with ${linkWithin(text, url, limits)}`;
}

function linkWithin(text: string, url: string | undefined, { reason, address }: StateLimits): Markdown {
  if (url === undefined || url.length > address) return plain(text, reason);
  // Every character may become two.
  return link(text.slice(0, reason / 2), url);
}

function instead(to: readonly BoardMember[] | undefined): Text {
  const [first] = to ?? [];
  return first === undefined ? "" : md`, as ${plain(shortImage(first.to), 60)}`;
}

export function barOf(state: QuestionState): Bar {
  switch (state.kind) {
    case "open":
      return "asked";
    case "approved":
      return state.isFailing === true ? "failed" : "done";
    case "delivered":
      return "done";
    case "failed":
      return "failed";
    case "again":
    case "deferred":
    case "ignored":
    case "closed":
      return "over";
  }
}

const order: readonly Bar[] = ["asked", "failed", "done", "read", "over"];

/** Of several: what needs most to be seen. */
export function barOfAll(states: readonly QuestionState[]): Bar {
  const bars = states.map(barOf);
  return order.find((bar) => bars.includes(bar)) ?? "over";
}
