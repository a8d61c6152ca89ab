import { TalosError } from "../talos-error.ts";

/** Why a lease's signal is aborted. */
export function leaseLost(name: string): TalosError {
  return new TalosError("lease-lost", `The lease ${name} was lost: it could not be renewed, or another took it.`, {
    retryable: true,
  });
}
