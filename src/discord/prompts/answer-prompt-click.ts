/**
 * Clicks on prompts. A button carries the id of its question, so that it works after a restart and for as long as the
 * question is open, whatever has become of the message. To answer several at once they are chosen first and answered in a
 * private message, because Discord does not tell with a button what was chosen in a select beside it.
 */
import type { Answer } from "../../delivery/decisions/question.ts";
import type { Actor } from "../../operations/operation.ts";
import { plural } from "../../operations/plural.ts";
import type { Talos } from "../../operations/talos.ts";
import { describeChange } from "../../operations/updates/describe-update.ts";
import type { Store } from "../../store/store.ts";
import type { Prompt, ShownQuestion } from "../board/board.ts";
import { formatCustomId, parseCustomId } from "../custom-id.ts";
import type { Message } from "../message.ts";
import { composeMessage } from "../messages/compose-message.ts";
import type { Row } from "../messages/draft.ts";
import { openBoardMemory } from "../notices/board-memory.ts";
import { bold, md, type Text } from "../text/markdown.ts";
import { answerQuestion } from "./answer-question.ts";
import { formatChosen, parseChosen, pickChosen } from "./chosen-questions.ts";
import { nameTarget } from "./name-question.ts";
import { answerButtons } from "./write-controls.ts";

/** A click on a button of a prompt, or a choice in its select. Whether this person may answer (`operate`) was checked before. */
interface PromptClick {
  readonly customId: string;
  /** What was chosen in a select; empty of a button. */
  readonly values: readonly string[];
  readonly actor: Actor;
}

interface Ports {
  readonly talos: Talos;
  readonly store: Store;
}

/**
 * The prompt itself is not touched by it: it is edited from the event that an answer leaves. undefined, only where the
 * acknowledgement is an `update`: it was done, and the prompt will say so.
 */
export async function answerPromptClick(
  { customId, values, actor }: PromptClick,
  ports: Ports,
  signal: AbortSignal,
): Promise<Message | undefined> {
  const press = parseCustomId(customId);
  if (press?.kind === "choose-questions")
    return offer(press.messageId, await findPrompt(press.messageId, ports), values);
  if (press?.kind === "answer-chosen") return answerChosen(press.messageId, press.answer, actor, ports, signal);
  if (press?.kind !== "answer") return tell(["This cannot be pressed any more."]);
  const { questionId: id, answer } = press;
  const shown = (await listPrompts(ports)).flatMap(({ questions }) => questions).findLast((one) => one.id === id);
  const refused = await answerQuestion({ id, answer, actor, shown }, ports.talos, signal);
  return refused === undefined ? undefined : tell([refused]);
}

/** The three answers to what was chosen. */
function offer(key: string, prompt: Prompt | undefined, ids: readonly string[]): Message {
  const chosen = prompt?.questions.filter(({ id, state }) => ids.includes(id) && state.kind === "open") ?? [];
  if (prompt === undefined || chosen.length === 0) return tell([notOpen]);
  const messageId = formatChosen(
    key,
    prompt,
    chosen.map(({ id }) => id),
  );
  return tell(
    [bold(`Answer ${plural(chosen.length, "question")}`), ...chosen.map(describeQuestion)],
    [answerButtons("", (answer) => formatCustomId({ kind: "answer-chosen", messageId, answer }))],
  );
}

const notOpen = "None of these questions is open any more.";

async function answerChosen(
  messageId: string,
  answer: Answer,
  actor: Actor,
  ports: Ports,
  signal: AbortSignal,
): Promise<Message> {
  const chosen = parseChosen(messageId);
  const prompt = chosen && (await findPrompt(chosen.key, ports));
  if (chosen === undefined || prompt === undefined) return tell([notOpen]);
  const done: Text[] = [];
  const refused: Text[] = [];
  for (const shown of pickChosen(prompt, chosen.isChosen)) {
    const reason = await answerQuestion({ id: shown.id, answer, actor, shown }, ports.talos, signal);
    if (reason === undefined) done.push(describeQuestion(shown));
    else refused.push(md`${bold(nameTarget(shown))}: ${reason}`);
  }
  return tell([
    ...(done.length === 0 ? [] : [bold(`You chose ${answer} for ${plural(done.length, "update")}`), ...done]),
    ...refused,
  ]);
}

function describeQuestion(question: ShownQuestion): Text {
  return md`${bold(nameTarget(question))} ${describeChange(question)}`;
}

function tell(body: readonly Text[], rows: readonly Row[] = []): Message {
  return composeMessage({ cards: [{ bar: "read", body }], rows });
}

async function listPrompts({ store }: Ports): Promise<readonly Prompt[]> {
  return (await openBoardMemory(store).list()).flatMap(({ content }) => (content.type === "prompt" ? content : []));
}

async function findPrompt(key: string, { store }: Ports): Promise<Prompt | undefined> {
  const message = await openBoardMemory(store).find(key);
  return message?.content.type === "prompt" ? message.content : undefined;
}
