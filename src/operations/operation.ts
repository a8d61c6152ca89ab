import type { z } from "zod";
import type { Access } from "../config/access.ts";
import type { ErrorCode } from "../talos-error.ts";
import type { Talos } from "./talos.ts";
import type { View, ViewPart } from "./view.ts";

export interface Actor {
  /** As its surface knows it: a login, a Discord name. */
  readonly name: string;
  readonly surface: "terminal" | "discord" | "http" | "page";
}

export interface OperationRun {
  readonly talos: Talos;
  readonly actor: Actor;
  /** Aborted when the caller cancels, or after the operation's deadline. */
  readonly signal: AbortSignal;
}

/** Something that a person sees while an operation is running: a line about how far it is, or a part of the answer. */
export type Progress =
  | { readonly kind: "status"; readonly text: string }
  | { readonly kind: "part"; readonly part: ViewPart };

/**
 * One thing a person can ask Talos to do, on every surface: a command of the terminal, a slash command, a route of the
 * API, an entry on the page. One file each in this folder, listed in operations.ts. Surfaces run it by `runOperation`.
 */
export interface Operation {
  /** One word, or a group and a word: `update answer`. Over HTTP `update.answer`. */
  readonly name: string;
  /** One line, without a full stop, in the imperative: `list what waits to be delivered`. */
  readonly summary: string;
  /** Every argument has a description. */
  readonly arguments: z.ZodObject;
  /** Arguments that stand in order in a terminal; the others are options. */
  readonly positional: readonly string[];
  /** What to offer for an argument while it is being typed, from memory; `given`: the others, as far as they are there. */
  readonly complete?: (
    argument: string,
    talos: Talos,
    given: Readonly<Record<string, unknown>>,
  ) => Promise<readonly string[]>;
  readonly access: Access;
  readonly deadlineSeconds: number;
  /** The answer is for whoever asked alone: it holds a secret, or says who has one. */
  readonly isPrivate?: true;
  /** `given` as the surface got it; throws when it is not what `arguments` reads. */
  run(run: OperationRun, given: unknown): AsyncGenerator<Progress, View | Refusal>;
}

interface Definition<Shape extends z.ZodRawShape> extends Omit<Operation, "arguments" | "positional" | "run"> {
  readonly arguments: z.ZodObject<Shape>;
  readonly positional: readonly (keyof Shape & string)[];
  /** A generator where there is progress to show. */
  run(
    run: OperationRun,
    values: z.output<z.ZodObject<Shape>>,
  ): AsyncGenerator<Progress, View | Refusal> | Promise<View | Refusal>;
}

/** Nothing was done, and the view says why: what was named is not there, or could be several. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly view: View;
}

/** The arguments that `run` of the definition gets are those of its schema. */
export function defineOperation<const Shape extends z.ZodRawShape>(definition: Definition<Shape>): Operation {
  return {
    ...definition,
    async *run(run, given) {
      const result = definition.run(run, definition.arguments.parse(given));
      return Symbol.asyncIterator in result ? yield* result : await result;
    },
  };
}
