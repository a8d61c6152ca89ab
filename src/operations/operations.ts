/** Everything a person can ask Talos to do, in the order of the help. A new operation is a file and a line here. */
import { cleardeadletters } from "./cleardeadletters.ts";
import { deadletters } from "./deadletters.ts";
import { events } from "./events.ts";
import type { Operation } from "./operation.ts";
import { queue } from "./queue.ts";
import { replaydeadletters } from "./replaydeadletters.ts";
import { scan } from "./scan.ts";
import { updateAnswer } from "./update-answer.ts";
import { updateHold } from "./update-hold.ts";
import { updateUnhold } from "./update-unhold.ts";
import { updates } from "./updates.ts";
import { why } from "./why.ts";

export const operations: readonly Operation[] = [
  scan,
  updates,
  updateAnswer,
  updateHold,
  updateUnhold,
  why,
  queue,
  deadletters,
  replaydeadletters,
  cleardeadletters,
  events,
];
