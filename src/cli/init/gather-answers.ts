import { type FoundRepository, findRepository, type RepositoryOptions } from "./find-repository.ts";
import { type Asking, type Parsed, settleAnswer } from "./settle-answer.ts";
import { tryRepository } from "./try-repository.ts";
import type { FirstAnswers } from "./write-first-config.ts";

export interface AnswerOptions extends RepositoryOptions {
  readonly branch?: string | undefined;
  readonly manage?: string | undefined;
  readonly email?: string | undefined;
}

/** What the options do not say is asked, each answer checked before the next question. */
export async function gatherAnswers(options: AnswerOptions, asking: Asking): Promise<FirstAnswers> {
  const found = await findRepository(options, asking);
  return {
    url: found.url,
    account: found.account,
    branch: await settleAnswer(
      options.branch,
      `Branch (empty: the repository's own, now ${found.readBranch})`,
      (answer) => parseBranch(answer, found),
      asking,
    ),
    manage: await settleAnswer(
      options.manage,
      "Manage images with a policy beside them, or all (annotated or all; empty: annotated)",
      parseManage,
      asking,
    ),
    email: await settleAnswer(
      options.email,
      "E-mail address of commits (empty: talos@example.com)",
      parseEmail,
      asking,
    ),
  };
}

async function parseBranch(answer: string, found: FoundRepository): Promise<Parsed<string | undefined>> {
  if (answer === "") return { value: undefined };
  const trial = await tryRepository({ ...found, branch: answer });
  return trial.kind === "unreadable" ? { problem: trial.problem } : { value: answer };
}

function parseManage(answer: string): Parsed<FirstAnswers["manage"]> {
  switch (answer.toLowerCase()) {
    case "":
    case "annotated":
      return { value: "Annotated" };
    case "all":
      return { value: "All" };
    default:
      return { problem: `what is managed is annotated or all, not ${answer}` };
  }
}

function parseEmail(answer: string): Parsed<string | undefined> {
  if (answer === "") return { value: undefined };
  return /^[^\s<>@]+@[^\s<>@]+$/.test(answer) ? { value: answer } : { problem: `${answer} is no e-mail address` };
}
