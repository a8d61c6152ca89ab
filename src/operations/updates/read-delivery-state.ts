import type { KeptDeadLetter, KeptQuarantine, KeptQuestion, WaitingEntry } from "../../delivery/delivery.ts";
import type { Talos } from "../talos.ts";

/** What delivery knows of all targets, by their keys. */
export interface DeliveryState {
  readonly queue: ReadonlyMap<string, WaitingEntry>;
  readonly questions: ReadonlyMap<string, KeptQuestion>;
  readonly letters: ReadonlyMap<string, KeptDeadLetter>;
  readonly quarantines: ReadonlyMap<string, KeptQuarantine>;
}

export async function readDeliveryState({ delivery }: Pick<Talos, "delivery">): Promise<DeliveryState> {
  const [queue, questions, letters, quarantines] = await Promise.all([
    delivery.queue(),
    delivery.questions(),
    delivery.deadLetters(),
    delivery.quarantines(),
  ]);
  return {
    queue: byKey(queue),
    questions: byKey(questions),
    letters: byKey(letters),
    quarantines: byKey(quarantines),
  };
}

function byKey<Item extends { readonly key: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.key, item]));
}
