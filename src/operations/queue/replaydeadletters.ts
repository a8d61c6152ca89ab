import { defineLetterOperation } from "./letter-operation.ts";

export const replaydeadletters = defineLetterOperation({
  name: "replaydeadletters",
  summary: "queue failed updates again: one, or all",
  done: "Replayed",
  act: (delivery, keys, actor) => delivery.replay(keys, actor),
});
