import type { KeptAnswers } from "./clicks/kept-answers.ts";
import type { InteractionPorts } from "./open-interactions.ts";
import type { Person } from "./person.ts";
import type { Responder } from "./responder.ts";
import type { Runs } from "./runs.ts";

/** What is shared by all interactions. */
export interface InteractionContext extends InteractionPorts {
  readonly runs: Runs;
  readonly answers: KeptAnswers;
  /** Aborts when Talos ends. */
  readonly ending: AbortSignal;
}

/** One interaction: who, and how it is answered. */
export interface Asking {
  readonly person: Person;
  readonly responder: Responder;
}
