/** Everything a person can ask Talos to do, in the order of the help. A new operation is a file and a line here. */
import { cleardeadletters } from "./cleardeadletters.ts";
import { containerLogs } from "./containers/container-logs.ts";
import { containerRecreate } from "./containers/container-recreate.ts";
import { containerRestart } from "./containers/container-restart.ts";
import { containerStart } from "./containers/container-start.ts";
import { containerStop } from "./containers/container-stop.ts";
import { containers } from "./containers/containers.ts";
import { image } from "./containers/image.ts";
import { version } from "./containers/version.ts";
import { deadletters } from "./deadletters.ts";
import { events } from "./events.ts";
import { hostPrune } from "./hosts/host-prune.ts";
import { hosts } from "./hosts/hosts.ts";
import { projectPull } from "./hosts/project-pull.ts";
import { projectUp } from "./hosts/project-up.ts";
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
  hosts,
  hostPrune,
  containers,
  image,
  version,
  containerLogs,
  containerStart,
  containerStop,
  containerRestart,
  containerRecreate,
  projectPull,
  projectUp,
];
