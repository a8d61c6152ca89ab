/**
 * What becomes of proposals: they are queued, asked about or announced; what may go is committed and pushed; what fails
 * is kept as a dead letter; what was undone is not done again. Surfaces see the room through this interface only.
 * `key` is always a target's key (`targetKey`), `actor` a person as in events: `ada (terminal)`.
 */

import type { Quarantine } from "./decisions/quarantine.ts";
import type { Answer, Question } from "./decisions/question.ts";
import type { DeadLetter, QueueEntry } from "./queue/queue-entry.ts";

export interface Delivery {
  /** All entries, each with what it waits for. */
  queue(): Promise<readonly WaitingEntry[]>;
  deadLetters(): Promise<readonly KeptDeadLetter[]>;
  /** Queues them again. How many. Keys that have no dead letter are passed over. */
  replay(keys: readonly string[] | "all", actor: string): Promise<number>;
  clear(keys: readonly string[] | "all", actor: string): Promise<number>;
  /** Open and deferred ones. */
  questions(): Promise<readonly KeptQuestion[]>;
  /** `questionId`: only if this very question is still open; undefined: whichever is. */
  answer(key: string, answer: Answer, actor: string, questionId?: string): Promise<AnswerOutcome>;
  /** Nothing of this target goes until it is lifted; what is queued is dropped. False when it was so already. */
  hold(source: string, target: string, actor: string): Promise<boolean>;
  /** Lifts every hold, revert and refusal of a target. False when there was none. */
  unhold(source: string, target: string, actor: string): Promise<boolean>;
  quarantines(): Promise<readonly KeptQuarantine[]>;
}

export interface KeptDeadLetter {
  readonly key: string;
  /** undefined: it cannot be read; `text` is what was stored. */
  readonly letter: DeadLetter | undefined;
  readonly text: string;
}

export interface KeptQuestion {
  readonly key: string;
  readonly question: Question;
}

export interface KeptQuarantine {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  readonly quarantine: Quarantine;
}

export interface WaitingEntry {
  readonly key: string;
  readonly entry: QueueEntry;
  readonly wait: Wait;
}

/** Why an entry is still in the queue. */
export interface Wait {
  readonly kind: "ready" | "throttle" | "cooldown" | "window" | "back-off" | "limit-zero" | "too-large" | "behind";
  /** One sentence: `docker.io: 5 of 5 updates in the last hour`. */
  readonly text: string;
  /** When it may go; undefined: `ready`, it cannot be told yet, or nothing but a change of settings helps. */
  readonly untilMs: number | undefined;
}

/** `text` says what happened, also where nothing did: already answered, closed, replaced by a newer version. */
export interface AnswerOutcome {
  readonly kind: "done" | "no-question";
  readonly text: string;
}
