import { defineLetterOperation } from "./letter-operation.ts";

export const cleardeadletters = defineLetterOperation({
  name: "cleardeadletters",
  summary: "drop failed updates: one, or all",
  done: "Dropped",
  act: (delivery, keys, actor) => delivery.clear(keys, actor),
});
