import { writeCommitMessage } from "../delivery/push/commit-message.ts";
import { type Strategy, strategies } from "../policy/policy.ts";
import { checkCommittable } from "../sources/check-committable.ts";
import { commitFiles } from "../sources/commit-files.ts";
import { workTreePrefix } from "../sources/work-tree-prefix.ts";
import { writeFiles } from "../sources/write-files.ts";
import { TalosError } from "../talos-error.ts";
import { applyProposals, type ChosenProposal } from "../updates/apply-proposals.ts";
import { writePlanDocument } from "../updates/write-plan-document.ts";
import { chooseProposals } from "./choose-proposals.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { renderApplied } from "./render-applied.ts";
import { renderReferences } from "./render-plan.ts";
import type { ScanOptionValues } from "./scan-options.ts";
import { scanTargets, type TargetScan } from "./scan-targets.ts";
import type { Terminal } from "./terminal.ts";

interface ApplyOptionValues extends ScanOptionValues {
  readonly strategy?: string | undefined;
  readonly interactive?: boolean | undefined;
  readonly commit?: boolean | undefined;
  readonly json?: boolean | undefined;
}

export async function runApply(
  values: ApplyOptionValues,
  targets: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  const taken = parseStrategies(values.strategy);
  if (values.interactive === true && !terminal.canAsk)
    throw new TalosError("usage", "--interactive needs a terminal", { hint: "use --strategy push,prompt instead" });
  await using session = await scanTargets(targets, { values, unannotated: "push", isFresh: true, terminal });
  session.scans.forEach(refuseWrongSettings);
  const plan = writePlanDocument(session.scans, session.cost());
  for (const scan of session.scans) {
    const asked = values.interactive === true ? terminal : undefined;
    const chosen = await chooseProposals(scan.result.references, taken, asked);
    const subject = values.commit === true ? session.commitSubject : undefined;
    const commit = await writeChosen(scan, chosen, subject);
    if (values.json !== true) for (const line of renderApplied(chosen, commit, terminal)) terminal.out(line);
  }
  if (values.json === true) terminal.out(JSON.stringify(plan, null, 2));
  if (plan.summary.unknown === 0) return exitStatus.done;
  const unknown = plan.references.filter(({ verdict }) => verdict === "unknown");
  if (values.json !== true) for (const line of renderReferences(unknown, terminal)) terminal.err(line);
  return exitStatus.unknown;
}

/** Settings that nobody understood may forbid what would be written. */
function refuseWrongSettings({ settingsProblems: [problem] }: TargetScan): void {
  if (problem === undefined) return;
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  throw new TalosError("config-invalid", `${place}: ${problem.text}; nothing was written`, {
    hint: "mend it first: it says which images may be changed, and how",
  });
}

/** Writes the files of one target and commits them when there is a subject. The id of the commit, if there is one. */
async function writeChosen(
  { snapshot, settings }: TargetScan,
  chosen: readonly ChosenProposal[],
  subject: string | undefined,
): Promise<string | undefined> {
  if (chosen.length === 0) return undefined;
  const { root, name } = snapshot;
  if (root === undefined)
    throw new TalosError("usage", `${name} is a repository elsewhere; apply writes into a folder`, {
      hint: "clone it and run apply in the clone",
    });
  const applied = applyProposals(snapshot, settings.rules, chosen);
  if (applied.kind === "refused")
    throw new TalosError("edit-refused", `${name} is left as it is: ${applied.text}`, {
      hint: "run plan again; if it happens twice, please report it",
    });
  const paths = applied.files.map(({ path }) => path);
  if (subject !== undefined) await checkCommittable(root, paths);
  await writeFiles(
    root,
    applied.files.map(({ path, before, after }) => ({ path, expected: before, text: after })),
  );
  if (subject === undefined) return undefined;
  const prefix = await workTreePrefix(root);
  const changes = chosen.map(({ reference: { found }, proposed }) => ({
    file: `${prefix}${found.file}`,
    name: found.name,
    from: found.image,
    to: proposed.proposal.to,
  }));
  return commitFiles({ root, paths, message: writeCommitMessage(changes, { subject }) });
}

function parseStrategies(text: string | undefined): readonly Strategy[] {
  if (text === undefined) return ["push"];
  return text.split(",").map((word) => {
    const strategy = strategies.find((candidate) => candidate === word.trim().toLowerCase());
    if (strategy === undefined || strategy === "skip")
      throw new TalosError("usage", `--strategy ${text}: ${word} cannot be written`, { hint: "push, prompt, notify" });
    return strategy;
  });
}
