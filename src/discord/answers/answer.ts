import type { Operation } from "../../operations/operation.ts";
import type { View } from "../../operations/view.ts";
import type { ErrorCode } from "../../talos-error.ts";

/** What was asked for, and by which arguments. */
export interface Asked {
  readonly operation: Pick<Operation, "name" | "access" | "positional">;
  readonly given: Readonly<Record<string, unknown>>;
}

/** What an operation answered. */
export interface Answer extends Asked {
  /** What its buttons carry. */
  readonly id: string;
  readonly atMs: number;
  readonly ok: boolean;
  readonly code?: ErrorCode | undefined;
  readonly view: View;
  /** The choices that are over, by their places; they are not offered any more. */
  readonly used?: readonly number[];
}
