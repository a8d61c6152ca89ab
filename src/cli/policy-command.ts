import { explainShortForm } from "../policy/explain-short-form.ts";
import { TalosError } from "../talos-error.ts";
import { defineCommand } from "./command.ts";
import { exitStatus } from "./exit-status.ts";
import { type Cell, layoutTable } from "./layout-table.ts";

export const policyCommand = defineCommand({
  usage: "talos policy '<short form>'",
  about: "Spells a short form such as '^:!!?.' out, and writes it as a long form. Quote it: shells read ! and * too.",
  options: {},
  run(_values, [text, ...others], terminal) {
    if (text === undefined || others.length > 0)
      throw new TalosError("usage", "one short form is wanted", { hint: "talos policy '^:!!?.'" });
    const explanation = explainShortForm(text);
    if (explanation.kind === "invalid")
      throw new TalosError("usage", `'${text}' ${explanation.problem}`, {
        hint: "docs/policies.md has the whole table",
      });
    const rows = explanation.rows.map(({ size, meaning, strategy, outcome }): readonly Cell[] => [
      { text: `  ${size}`, format: "bold" },
      { text: meaning, format: "dim" },
      { text: strategy === "above-bump" ? "-" : strategy },
      { text: outcome },
    ]);
    terminal.out(explanation.summary);
    for (const line of layoutTable(rows, terminal)) terminal.out(line);
    terminal.out("\nThe same in full:\n\n  x-talos:");
    for (const line of explanation.longForm.trimEnd().split("\n")) terminal.out(`    ${line}`);
    return Promise.resolve(exitStatus.done);
  },
});
