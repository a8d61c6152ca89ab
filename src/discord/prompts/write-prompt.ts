/**
 * A prompt: all questions of one scan and repository. Up to three stand in full, each on a card in the colour of its state;
 * more are a list. What is still open has its buttons, or where that is more than three a select: no control is there that
 * does nothing. However long names and reasons are, all questions of a prompt fit on it in any state.
 */
import { describeChange } from "../../operations/updates/describe-update.ts";
import type { BoardMessage, Prompt, ShownQuestion } from "../board/board.ts";
import type { Card, Draft } from "../messages/draft.ts";
import { link } from "../text/link.ts";
import { bold, italic, lines, type Markdown, md, small } from "../text/markdown.ts";
import { plain } from "../text/plain.ts";
import { barOf, barOfAll, describeState } from "./describe-state.ts";
import { nameQuestions, repositoryName } from "./name-question.ts";
import { writeControls } from "./write-controls.ts";
import { writeVersions } from "./write-versions.ts";

const shownInFull = 3;

export function writePrompt({ markMs }: Pick<BoardMessage, "markMs">, { source, questions }: Prompt): Draft {
  const names = nameQuestions(questions);
  const nameOf = ({ id }: ShownQuestion) => names.get(id) ?? id;
  const repository = plain(repositoryName(source), 80);
  const [first, ...others] =
    questions.length <= shownInFull
      ? questions.map((question) => writeCard(question, small(md`${repository} » ${plain(nameOf(question), 80)}`)))
      : [writeList(questions, small(repository), nameOf)];
  const heading = bold(questions.length === 1 ? "Image update available" : "Image updates available");
  const isOpen = questions.some(({ state }) => state.kind === "open");
  const cards: readonly Card[] =
    first === undefined ? [] : [{ ...first, body: [heading, ...first.body], atMs: markMs }, ...others];
  return {
    cards: cards.map((card, index) =>
      isOpen && index === cards.length - 1 ? { ...card, body: [...card.body, choices] } : card,
    ),
    rows: writeControls(markMs, questions, nameOf),
  };
}

const choices = lines(
  "Would you like to",
  md`- ${italic("push")} this update through`,
  md`- ${italic("defer")} the reminder to the next scan`,
  md`- ${italic("ignore")} this version`,
);

function writeCard(question: ShownQuestion, line: Markdown): Card {
  const { state } = question;
  return {
    bar: barOf(state),
    body: [line, ...writeVersions(question), ...(state.kind === "open" ? [] : [describeState(state)])],
  };
}

function writeList(
  questions: readonly ShownQuestion[],
  line: Markdown,
  nameOf: (question: ShownQuestion) => string,
): Card {
  return {
    bar: barOfAll(questions.map(({ state }) => state)),
    body: [line, ...questions.map((question) => writeLine(question, nameOf(question)))],
  };
}

/** Below it everything must have room seven times. */
export const listLimits = { reason: 70, address: 120 };

function writeLine({ members, size, about, state }: ShownQuestion, name: string): Markdown {
  const change = plain(`${describeChange({ members })}${size === undefined ? "" : ` (${size})`}`, 90);
  const notes = about?.notes;
  const isShort = notes !== undefined && notes.url.length <= 70;
  return lines(
    isShort
      ? md`${bold(plain(name, 50))} ${change} · ${link(notes.text, notes.url)}`
      : md`${bold(plain(name, 50))} ${change}`,
    state.kind === "open" ? undefined : small(describeState(state, listLimits)),
  );
}
