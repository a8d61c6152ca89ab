import { TalosError } from "../talos-error.ts";
import { checkConfiguration } from "./doctor/check-configuration.ts";
import type { Finding } from "./doctor/finding.ts";
import { runChecks } from "./doctor/run-checks.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { wrapText } from "./layout-table.ts";
import { printable } from "./printable.ts";
import { loadCommandConfig } from "./read-command-config.ts";
import type { Terminal } from "./terminal.ts";

interface DoctorOptionValues {
  readonly json?: boolean | undefined;
  readonly config?: string | undefined;
}

export async function runDoctor(
  values: DoctorOptionValues,
  others: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  if (others.length > 0)
    throw new TalosError("usage", `doctor takes no ${printable(others.join(" "))}`, { hint: "usage: talos doctor" });
  const reading = loadCommandConfig(values.config);
  const checked = reading.kind === "loaded" ? await runChecks(reading.config) : [];
  const findings = [...checkConfiguration(reading), ...checked];
  if (values.json === true) terminal.out(JSON.stringify({ findings }, null, 2));
  else for (const line of renderFindings(findings, terminal)) terminal.out(line);
  return findings.some(({ outcome }) => outcome === "fails") ? exitStatus.failed : exitStatus.done;
}

const marks = {
  passes: { sign: "✓", format: "green" },
  fails: { sign: "✗", format: "red" },
  notes: { sign: "!", format: "yellow" },
} as const;

function renderFindings(findings: readonly Finding[], terminal: Terminal): readonly string[] {
  const lines = findings.flatMap((finding) => renderFinding(finding, terminal));
  const wrong = findings.filter(({ outcome }) => outcome === "fails").length;
  const sum = wrong === 0 ? "nothing is wrong" : `${wrong === 1 ? "1 thing is" : `${wrong} things are`} wrong`;
  return [...lines, "", sum];
}

function renderFinding({ name, outcome, text, advice }: Finding, { columns, style }: Terminal): readonly string[] {
  const { sign, format } = marks[outcome];
  const width = columns === undefined ? undefined : columns - 2;
  const [first = "", ...rest] = wrapText(printable(`${name}: ${text}`), width);
  const hints =
    advice === undefined ? [] : wrapText(printable(advice), columns === undefined ? undefined : columns - 4);
  return [
    `${style(format, sign)} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...hints.map((line) => style("dim", `    ${line}`)),
  ];
}
