import { TalosError } from "../talos-error.ts";

/** Why a host cannot be reached. */
export interface HostProblem {
  /** One line, to follow the name of the host and a colon. */
  readonly reason: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** It will not pass by itself, and servers shut out who tries too often. */
  readonly isLasting: boolean;
}

export function passing(reason: string, hint?: string): HostProblem {
  return { reason, hint, isLasting: false };
}

export function lasting(reason: string, hint: string): HostProblem {
  return { reason, hint, isLasting: true };
}

export function unreachable(host: string, { reason, hint }: HostProblem): TalosError {
  return new TalosError("host-unreachable", `host ${host} is down: ${reason}`, {
    ...(hint === undefined ? {} : { hint }),
    retryable: true,
  });
}
