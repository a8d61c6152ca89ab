import type { EventKind, TalosEvent } from "../../events/event.ts";
import { withoutDigest } from "../../images/short-image.ts";
import type { BoardMember, QuestionState, ShownQuestion } from "./board.ts";

/** What is to be said of a question after an event; the same state when the event does not concern it. */
export function advanceQuestion(question: ShownQuestion, event: TalosEvent): QuestionState {
  const { state } = question;
  if (event.facts?.["question"] === question.id) return decided(state, event);
  if (event.source !== question.source || event.subject !== question.target) return state;
  if (state.kind === "approved") return followApproved(question, state, event);
  if (state.kind === "failed") return followFailed(question, state, event);
  return state;
}

/** An event about the question itself. What was closed because nobody knew of it any more may be told better now. */
function decided(state: QuestionState, event: TalosEvent): QuestionState {
  if (state.kind !== "open" && state.kind !== "deferred" && state.kind !== "closed") return state;
  return decisions[event.kind]?.(event, state) ?? state;
}

const decisions: Readonly<Partial<Record<EventKind, (event: TalosEvent, state: QuestionState) => QuestionState>>> = {
  "question-opened": (_, state) => (state.kind === "open" ? state : { kind: "again" }),
  "question-superseded": (event) => ({ kind: "closed", text: reasonOf(event) }),
  "question-closed": (event) => ({ kind: "closed", text: reasonOf(event) }),
  "question-answered": ({ actor: by, facts }) => {
    const { answer, reason } = facts ?? {};
    if (answer === "push")
      return typeof reason === "string" ? { kind: "failed", by, text: reason } : { kind: "approved", by };
    return answer === "defer" ? { kind: "deferred", by } : { kind: "ignored", by };
  },
};

type Approved = Extract<QuestionState, { kind: "approved" }>;
type Failed = Extract<QuestionState, { kind: "failed" }>;

/** An event about the same target, while what was approved is on its way. */
function followApproved({ members }: ShownQuestion, state: Approved, event: TalosEvent): QuestionState {
  const isOurs = isSame(members, event.members) || isSame(state.to, event.members);
  if ((event.kind === "delivered" || event.kind === "verified") && !isOurs) return state;
  return ways[event.kind]?.(event, state) ?? state;
}

const ways: Readonly<Partial<Record<EventKind, (event: TalosEvent, state: Approved) => QuestionState>>> = {
  "question-answered": ({ facts }, state) =>
    facts?.["answer"] === "push" ? { kind: "closed", text: "a newer version was approved" } : state,
  superseded: ({ members }, { by }) => ({ kind: "approved", by, ...(members === undefined ? {} : { to: members }) }),
  retrying: (event, state) => ({ ...onItsWay(state), text: reasonOf(event), isFailing: true }),
  waiting: (event, state) => ({ ...onItsWay(state), text: reasonOf(event) }),
  "merge-request-opened": (event, state) => ({
    ...onItsWay(state),
    text: reasonOf(event),
    ...(event.link === undefined ? {} : { link: event.link }),
  }),
  delivered,
  verified: delivered,
  "dead-lettered": failed,
  dropped: failed,
  "merge-request-closed": failed,
};

function onItsWay({ by, to }: Approved): Approved {
  return { kind: "approved", by, ...(to === undefined ? {} : { to }) };
}

function delivered({ commit, link }: TalosEvent, { by, to }: Pick<Approved, "by" | "to">): QuestionState {
  return {
    kind: "delivered",
    by,
    ...(to === undefined ? {} : { to }),
    ...(commit === undefined ? {} : { commit }),
    ...(link === undefined ? {} : { link }),
  };
}

function failed(event: TalosEvent, { by }: Approved): QuestionState {
  return { kind: "failed", by, text: reasonOf(event) };
}

/** A dead letter may be replayed. Only this very version counts: others have questions of their own. */
function followFailed({ members }: ShownQuestion, state: Failed, event: TalosEvent): QuestionState {
  if (!isSame(members, event.members, (image) => image)) return state;
  if (event.kind === "replayed") return { kind: "approved", by: state.by, text: `queued again by ${event.actor}` };
  return event.kind === "delivered" || event.kind === "verified" ? delivered(event, { by: state.by }) : state;
}

/** A digest that was moved while it waited is the same to whoever approved it. */
function isSame(
  members: readonly BoardMember[] | undefined,
  others: readonly BoardMember[] | undefined,
  version: (image: string) => string = withoutDigest,
): boolean {
  if (members === undefined || others === undefined) return false;
  const versions = (those: readonly BoardMember[]) =>
    those.map(({ file, pointer, to }) => `${file}#${pointer} ${version(to)}`).sort();
  return JSON.stringify(versions(members)) === JSON.stringify(versions(others));
}

/** Why, without what it is about, where the event tells it apart. */
function reasonOf({ text, facts }: TalosEvent): string {
  const reason = facts?.["reason"];
  return typeof reason === "string" ? reason : text;
}
