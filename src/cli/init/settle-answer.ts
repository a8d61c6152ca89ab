import { TalosError } from "../../talos-error.ts";
import type { Questions } from "./questions.ts";

/** Who can be asked, and how they are told what is wrong with an answer. */
export interface Asking {
  /** undefined: nobody can be asked. */
  readonly questions: Questions | undefined;
  readonly say: (text: string) => void;
}

export type Parsed<Value> = { readonly value: Value } | { readonly problem: string };

/** The option's answer, or the person's; asks until one is right. Where nobody can be asked, no answer is the empty one. */
export async function settleAnswer<Value>(
  given: string | undefined,
  question: string,
  parse: (answer: string) => Parsed<Value> | Promise<Parsed<Value>>,
  { questions, say }: Asking,
): Promise<Value> {
  for (let text = given; ; text = undefined) {
    const answer = text ?? (await questions?.ask(question)) ?? "";
    const parsed = await parse(answer);
    if ("value" in parsed) return parsed.value;
    if (questions === undefined) throw new TalosError("usage", parsed.problem, { hint: "talos init --help" });
    say(parsed.problem);
  }
}
