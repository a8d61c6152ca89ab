import { resolve } from "node:path";
import { describeWhy } from "../operations/updates/describe-why.ts";
import type { View } from "../operations/view.ts";
import type { Answer } from "../socket/answer-line.ts";
import { TalosError } from "../talos-error.ts";
import { bestMatches, matchReference } from "../updates/match-reference.ts";
import type { ReferenceWithEdits } from "../updates/plan-reference-edits.ts";
import { readBackground } from "../updates/read-background.ts";
import { referenceId } from "../updates/target-id.ts";
import { askTalos } from "./ask-talos.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { readCommandConfig } from "./read-command-config.ts";
import { renderView } from "./render-view.ts";
import { showAnswer } from "./run-operation-command.ts";
import type { ScanOptionValues } from "./scan-options.ts";
import { type ScanSession, scanTargets } from "./scan-targets.ts";
import type { Terminal } from "./terminal.ts";

interface WhyOptionValues extends ScanOptionValues {
  readonly source?: string | undefined;
  readonly json?: boolean | undefined;
}

/** The reference, then the targets. */
export async function runWhy(
  values: WhyOptionValues,
  [wanted, ...targets]: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  if (wanted === undefined)
    throw new TalosError("usage", "why needs a reference", { hint: "for example: talos why web" });
  const isJson = values.json === true;
  const answer = targets.length > 0 || hasScanOptions(values) ? undefined : await askRunning(wanted, values, terminal);
  if (answer !== undefined) return showAnswer(answer, isJson, terminal);
  return explainHere(wanted, targets, values, terminal);
}

/** They say how a scan is to be done here and now. */
function hasScanOptions({ all, bump, only, "no-cache": noCache, verbose }: ScanOptionValues): boolean {
  return [all, bump, only, noCache, verbose].some((value) => value !== undefined);
}

/** undefined: no Talos is running, or it does not know the reference, and another place may. */
async function askRunning(
  wanted: string,
  { config: file, source, json }: WhyOptionValues,
  terminal: Terminal,
): Promise<Answer | undefined> {
  const dataDirectory = resolve(readCommandConfig(file, () => undefined).DataDirectory);
  const given = { reference: wanted, ...(source === undefined ? {} : { source }) };
  try {
    const answer = await askTalos({ dataDirectory, operation: "why", given, isJson: json === true, terminal });
    return answer.code === "target-not-found" && source === undefined ? undefined : answer;
  } catch (error) {
    if (error instanceof TalosError && error.code === "not-running" && source === undefined) return undefined;
    throw error;
  }
}

async function explainHere(
  wanted: string,
  targets: readonly string[],
  values: WhyOptionValues,
  terminal: Terminal,
): Promise<ExitStatus> {
  const isWanted = ({ found }: Pick<ReferenceWithEdits, "found">) => matchReference(found, wanted) > 0;
  await using session = await scanTargets(targets, { values, unannotated: "notify", terminal, isWanted });
  const [match, ...others] = bestMatches(
    session.scans.flatMap(({ result }) => result.references),
    wanted,
  );
  if (match === undefined)
    throw new TalosError("target-not-found", `there is no reference ${wanted}`, {
      hint: "talos plan lists them all; a name, an image or file#pointer will do",
    });
  const view =
    others.length > 0
      ? describeMatches([match, ...others], session)
      : describeWhy(match, await readBackground(match, session.registries));
  if (values.json === true) terminal.out(JSON.stringify({ operation: "why", ok: true, view }, null, 2));
  else for (const line of renderView(view, terminal, { nowMs: Date.now(), isHeadless: true })) terminal.out(line);
  return others.length === 0 && match.verdict.kind === "unknown" ? exitStatus.unknown : exitStatus.done;
}

function describeMatches(matches: readonly ReferenceWithEdits[], session: ScanSession): View {
  const text = `${matches.length} references match; name one of them:`;
  return [{ type: "text", text: [text, ...listMatches(matches, session).map((line) => `  ${line}`)].join("\n") }];
}

/** Their ids, and where there are several targets the one that each is in. */
function listMatches(matches: readonly ReferenceWithEdits[], { scans }: ScanSession): readonly string[] {
  const sourceOf = (match: ReferenceWithEdits) => scans.find(({ result }) => result.references.includes(match))?.source;
  const hasSources = new Set(matches.map(sourceOf)).size > 1;
  return matches.map((match) =>
    hasSources ? `${referenceId(match.found)} in ${sourceOf(match)}` : referenceId(match.found),
  );
}
