import { createInterface } from "node:readline/promises";
import type { Strategy } from "../policy/policy.ts";
import { TalosError } from "../talos-error.ts";
import type { ChosenProposal } from "../updates/apply-proposals.ts";
import type { ProposedEdits, ReferenceWithEdits } from "../updates/plan-reference-edits.ts";
import { printable } from "./printable.ts";
import { shortImage, shortVersion } from "./short-image.ts";
import type { Terminal } from "./terminal.ts";

type Ask = (question: string) => Promise<boolean>;

/**
 * For each reference the highest proposal whose strategy is among those taken. With a terminal to ask at, every other
 * one is a question first; the members of a sync group are one question.
 */
export async function chooseProposals(
  references: readonly ReferenceWithEdits[],
  taken: readonly Strategy[],
  asked: Terminal | undefined,
): Promise<readonly ChosenProposal[]> {
  if (asked === undefined) return choose(references, ({ proposal }) => taken.includes(proposal.strategy));
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answers = await askEach(references, taken, async (question) => {
      const answer = await lines
        .question(`${question} ${asked.style("dim", "[y/N]")} `)
        .catch((cause: unknown) => stop(cause, asked));
      return /^y(es)?$/i.test(answer.trim());
    });
    return choose(
      references,
      (proposed) => taken.includes(proposed.proposal.strategy) || answers.has(questionOf(proposed)),
    );
  } finally {
    lines.close();
  }
}

async function askEach(references: readonly ReferenceWithEdits[], taken: readonly Strategy[], ask: Ask) {
  const accepted = new Set<string>();
  const settled = new Set<string>();
  for (const { found, proposed } of references)
    for (const one of proposed) {
      const { proposal } = one;
      const id = questionOf(one);
      if (taken.includes(proposal.strategy) || settled.has(id)) continue;
      settled.add(id);
      const who = proposal.group === undefined ? `${found.file} ${found.name}` : `sync group ${proposal.group}`;
      const what = `${shortImage(found.image)} to ${shortVersion(proposal.to)} (${proposal.size})`;
      if (await ask(`${printable(who)}: ${what}?`)) {
        accepted.add(id);
        break;
      }
    }
  return accepted;
}

/** Ctrl-C and Ctrl-D. */
function stop(cause: unknown, terminal: Terminal): never {
  if (!(cause instanceof Error && cause.name === "AbortError")) throw cause;
  terminal.out("");
  throw new TalosError("edit-refused", "stopped at a question; nothing of this target was written", {
    hint: "run it again, or take all with --strategy push,prompt",
    cause,
  });
}

function choose(
  references: readonly ReferenceWithEdits[],
  isTaken: (proposed: ProposedEdits) => boolean,
): readonly ChosenProposal[] {
  return references.flatMap((reference) => {
    const proposed = reference.proposed.find(isTaken);
    return proposed === undefined ? [] : [{ reference, proposed }];
  });
}

/** Proposals with the same answer: those of one group and strategy, or the same edits. */
function questionOf({ proposal, edits }: ProposedEdits): string {
  const places = edits.map(({ place }) => `${place.file}:${place.start}`).join(" ");
  return `${proposal.strategy} ${proposal.group ?? places}`;
}
