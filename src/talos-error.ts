/** Every kind of failure that a person can meet, by a name that stays the same. */
export type ErrorCode =
  | "usage"
  | "config-invalid"
  | "target-not-found"
  | "ambiguous"
  | "source-unreadable"
  | "store-unusable"
  | "store-unreachable"
  | "lease-lost"
  | "forge-failed"
  | "host-unreachable"
  | "host-refused"
  | "compose-failed"
  | "discord-failed"
  | "not-running"
  | "port-taken"
  | "already-running"
  | "cancelled"
  | "timed-out"
  | "edit-refused";

/**
 * What failed, on what and why, for a person: `message` says all three in one line, `hint` what to do about it.
 * Expected outcomes are values, and bugs are ordinary exceptions; this is for what ends a command or a job.
 */
export class TalosError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  /** When who refused said after how long it may be tried again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    facts: {
      readonly hint?: string;
      readonly retryable?: boolean;
      readonly retryAfterSeconds?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: facts.cause });
    this.name = "TalosError";
    this.code = code;
    this.hint = facts.hint;
    this.retryable = facts.retryable ?? false;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}
