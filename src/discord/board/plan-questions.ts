import { advanceQuestion } from "./advance-question.ts";
import type { BoardMessage, Prompt, QuestionState, ShownQuestion } from "./board.ts";
import type { BoardDraft } from "./draft-board.ts";
import type { ToldEvent } from "./told-event.ts";

/** As many as one message can hold whatever is said of each of them; see prompts/write-prompt.ts. */
export const questionsPerMessage = 7;

/** What an event changes about the questions that are shown; a new one comes into a prompt. */
export function planQuestions(draft: BoardDraft, told: ToldEvent, channelId: string | undefined): void {
  let isAsked = false;
  for (const message of draft.messages.values()) {
    if (message.content.type !== "prompt") continue;
    const questions = message.content.questions.map((question) => {
      const state = advanceQuestion(question, told.event);
      return state === question.state ? question : { ...question, state };
    });
    isAsked ||= questions.some(({ id, state }) => id === told.event.facts?.["question"] && state.kind === "open");
    if (questions.some((question, index) => question !== promptOf(message)?.questions[index]))
      draft.change(message, { ...message.content, questions });
  }
  const question = told.event.kind === "question-opened" && !isAsked ? openQuestion(told) : undefined;
  if (question !== undefined && channelId !== undefined) ask(draft, question, channelId, told.event.atMs);
}

function openQuestion({ event, about }: ToldEvent): ShownQuestion | undefined {
  const { source, subject: target, members = [], size, facts } = event;
  const id = facts?.["question"];
  if (typeof id !== "string" || source === undefined || target === undefined) return undefined;
  return {
    id,
    source,
    target,
    members,
    state: { kind: "open" },
    ...(size === undefined ? {} : { size }),
    ...(about === undefined ? {} : { about }),
  };
}

/** All questions about a repository that come before a prompt is posted are in it. */
function ask(draft: BoardDraft, question: ShownQuestion, channelId: string, atMs: number): void {
  const { source } = question;
  const waiting = [...draft.messages.values()].findLast(
    (message) =>
      message.messageId === undefined &&
      message.channelId === channelId &&
      promptOf(message)?.source === source &&
      (promptOf(message)?.questions.length ?? 0) < questionsPerMessage,
  );
  const questions = waiting === undefined ? [] : (promptOf(waiting)?.questions ?? []);
  const content: Prompt = { type: "prompt", source, questions: [...questions, question] };
  if (waiting === undefined) draft.add({ channelId, content }, atMs);
  else draft.change(waiting, content);
}

/** Questions that are shown as open, and of which delivery knows nothing any more. */
export function closeUnknown(draft: BoardDraft, isKnown: (id: string) => boolean): void {
  const closed: QuestionState = { kind: "closed", text: "it is not open any more" };
  for (const message of draft.messages.values()) {
    const { content } = message;
    if (content.type !== "prompt") continue;
    const isLost = ({ id, state }: ShownQuestion) => state.kind === "open" && !isKnown(id);
    if (!content.questions.some(isLost)) continue;
    const questions = content.questions.map((question) =>
      isLost(question) ? { ...question, state: closed } : question,
    );
    draft.change(message, { ...content, questions });
  }
}

function promptOf({ content }: BoardMessage): Prompt | undefined {
  return content.type === "prompt" ? content : undefined;
}
