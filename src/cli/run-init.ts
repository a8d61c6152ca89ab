import { TalosError } from "../talos-error.ts";
import { writePlanDocument } from "../updates/write-plan-document.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { type AnswerOptions, gatherAnswers } from "./init/gather-answers.ts";
import { openQuestions } from "./init/questions.ts";
import { openForTrial } from "./init/try-repository.ts";
import { type FirstAnswers, refuseExisting, writeFirstConfig } from "./init/write-first-config.ts";
import { printable } from "./printable.ts";
import { renderPlan } from "./render-plan.ts";
import { scanTargets } from "./scan-targets.ts";
import type { Terminal } from "./terminal.ts";

interface InitOptionValues extends AnswerOptions {
  readonly yes?: boolean | undefined;
}

export async function runInit(
  values: InitOptionValues,
  others: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  if (others.length > 0)
    throw new TalosError("usage", `init takes no ${printable(others.join(" "))}`, { hint: "name it with --url" });
  const isAsking = terminal.canAsk && values.yes !== true;
  if (!isAsking && values.url === undefined)
    throw new TalosError("usage", "init needs a terminal to ask at, or the answers as options", {
      hint: "talos init --url URL [--username NAME --token-file FILE] [--branch NAME] [--manage annotated|all] [--email ADDRESS]",
    });
  const folder = process.cwd();
  refuseExisting(folder);
  const answers = await askAll(values, isAsking, terminal);
  terminal.out(`written: ${writeFirstConfig(folder, answers).join(", ")}`);
  if (answers.account.token !== undefined) terminal.out("talos-token holds your token: keep it out of git");
  terminal.out("");
  await showPlan(answers, terminal);
  terminal.out("\ntalos doctor checks everything that is needed; talos run starts Talos.");
  return exitStatus.done;
}

async function askAll(values: InitOptionValues, isAsking: boolean, terminal: Terminal): Promise<FirstAnswers> {
  using questions = isAsking ? openQuestions() : undefined;
  const say = (text: string) => text.split("\n").forEach((line) => terminal.err(printable(line)));
  return await gatherAnswers(values, { questions, say });
}

/** What Talos would do with the repository, from a look that changes nothing. */
async function showPlan(answers: FirstAnswers, terminal: Terminal): Promise<void> {
  const repository = openForTrial(answers);
  await using session = await scanTargets([repository.name], {
    values: {},
    unannotated: "notify",
    terminal,
    open: async () => repository.open(await repository.readHead()),
    configured: { OptIn: answers.manage },
  });
  const plan = writePlanDocument(session.scans, session.cost());
  for (const line of renderPlan(plan, terminal)) terminal.out(line);
}
