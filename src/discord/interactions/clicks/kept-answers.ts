import * as z from "zod/mini";
import type { View } from "../../../operations/view.ts";
import { viewPartSchema } from "../../../operations/view-schema.ts";
import type { Cache } from "../../../store/store.ts";

const daySeconds = 86_400;

const keptAnswer = z.object({
  operation: z.string(),
  given: z.record(z.string(), z.unknown()),
  atMs: z.number(),
  ok: z.boolean(),
  code: z.optional(z.literal("cancelled")),
  view: z.array(viewPartSchema),
  used: z._default(z.array(z.number()), []),
});

/** What an operation answered, for its pages and choices. */
export interface KeptAnswer {
  readonly operation: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly atMs: number;
  readonly ok: boolean;
  /** Of the reasons why it is not `ok` the one that is shown as no failure. */
  readonly code?: "cancelled" | undefined;
  readonly view: View;
  /** The choices that were made, and those that are over by that. */
  readonly used: readonly number[];
}

/** Answers of the last day, by id. */
export interface KeptAnswers {
  keep(id: string, answer: KeptAnswer): void;
  /** undefined: there is none, or none any more. */
  find(id: string): Promise<KeptAnswer | undefined>;
  /** The answer with these choices used; undefined when one of them was used before. */
  use(id: string, choices: readonly number[]): Promise<KeptAnswer | undefined>;
  /** They were not made after all. */
  giveBack(id: string, choices: readonly number[]): Promise<void>;
}

export function openKeptAnswers(cache: Cache): KeptAnswers {
  // One after another: of two clicks at once the second one sees what the first one has used.
  let latest: Promise<unknown> = Promise.resolve();
  const find: KeptAnswers["find"] = async (id) => {
    const parsed = keptAnswer.safeParse(await cache.get(keyOf(id)));
    return parsed.success ? parsed.data : undefined;
  };
  const change = (id: string, usedAfter: (used: readonly number[]) => readonly number[] | undefined) => {
    const changed = latest.then(async () => {
      const answer = await find(id);
      const used = answer && usedAfter(answer.used);
      if (answer === undefined || used === undefined) return undefined;
      const after = { ...answer, used };
      await cache.put(keyOf(id), after, daySeconds);
      return after;
    });
    latest = changed.catch(() => undefined);
    return changed;
  };
  return {
    keep(id, answer) {
      // Readable at once; where it cannot be written its buttons work until the end of the process.
      cache.put(keyOf(id), answer, daySeconds).catch(() => undefined);
    },
    find,
    use: (id, choices) =>
      change(id, (used) => (choices.some((choice) => used.includes(choice)) ? undefined : [...used, ...choices])),
    async giveBack(id, choices) {
      await change(id, (used) => used.filter((choice) => !choices.includes(choice)));
    },
  };
}

function keyOf(id: string): string {
  return `answer/${id}`;
}
