/** Everything a person can ask Talos to do, in the order of the help. A new operation is a file and a line here. */

import { containerLogs } from "./containers/container-logs.ts";
import { containerRecreate } from "./containers/container-recreate.ts";
import { containerRestart } from "./containers/container-restart.ts";
import { containerStart } from "./containers/container-start.ts";
import { containerStop } from "./containers/container-stop.ts";
import { containers } from "./containers/containers.ts";
import { image } from "./containers/image.ts";
import { version } from "./containers/version.ts";
import { events } from "./events.ts";
import { hostPrune } from "./hosts/host-prune.ts";
import { hosts } from "./hosts/hosts.ts";
import { projectPull } from "./hosts/project-pull.ts";
import { projectUp } from "./hosts/project-up.ts";
import type { Operation } from "./operation.ts";
import { cleardeadletters } from "./queue/cleardeadletters.ts";
import { deadletters } from "./queue/deadletters.ts";
import { queue } from "./queue/queue.ts";
import { replaydeadletters } from "./queue/replaydeadletters.ts";
import { createwebhook } from "./tokens/createwebhook.ts";
import { listwebhooks } from "./tokens/listwebhooks.ts";
import { revokewebhook } from "./tokens/revokewebhook.ts";
import { tokenCreate } from "./tokens/token-create.ts";
import { tokenList } from "./tokens/token-list.ts";
import { tokenRevoke } from "./tokens/token-revoke.ts";
import { scan } from "./updates/scan.ts";
import { updateAnswer } from "./updates/update-answer.ts";
import { updateDiff } from "./updates/update-diff.ts";
import { updateHold } from "./updates/update-hold.ts";
import { updateUnhold } from "./updates/update-unhold.ts";
import { updates } from "./updates/updates.ts";
import { why } from "./updates/why.ts";

export const operations: readonly Operation[] = [
  scan,
  updates,
  updateAnswer,
  updateHold,
  updateUnhold,
  updateDiff,
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
  tokenCreate,
  tokenList,
  tokenRevoke,
  createwebhook,
  listwebhooks,
  revokewebhook,
];
