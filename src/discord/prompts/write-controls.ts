import { type Answer, answers } from "../../delivery/decisions/question.ts";
import { describeChange } from "../../operations/updates/describe-update.ts";
import type { ShownQuestion } from "../board/board.ts";
import { formatCustomId } from "../custom-id.ts";
import type { Button, Row } from "../messages/draft.ts";

const withButtons = 3;

const words: Readonly<Record<Answer, string>> = { push: "Push", defer: "Defer", ignore: "Ignore" };
const colors = { push: "green", defer: "blurple", ignore: "red" } as const;

/** For what is open and nothing else. */
export function writeControls(
  markMs: number,
  questions: readonly ShownQuestion[],
  nameOf: (question: ShownQuestion) => string,
): readonly Row[] {
  const open = questions.filter(({ state }) => state.kind === "open");
  if (open.length <= withButtons)
    return open.map((question) =>
      answerButtons(questions.length === 1 ? "" : nameOf(question), (answer) =>
        formatCustomId({ kind: "answer", questionId: question.id, answer }),
      ),
    );
  return [
    {
      customId: formatCustomId({ kind: "choose-questions", messageId: String(markMs) }),
      placeholder: "Choose updates to push, defer or ignore",
      most: open.length,
      options: open.map((question) => ({
        label: nameOf(question),
        value: question.id,
        description: describeChange(question),
      })),
    },
  ];
}

/** Push, Defer and Ignore; with a name where there are several. */
export function answerButtons(name: string, customIdOf: (answer: Answer) => string): readonly Button[] {
  return answers.map((answer) => ({
    label: name === "" ? words[answer] : `${words[answer]} ${name}`,
    color: colors[answer],
    press: { customId: customIdOf(answer) },
  }));
}
