/** Everything that can be asked for by GET, in the order of the OpenAPI document. A new resource is a file and a line here. */
import { completions } from "./completions.ts";
import { containers } from "./containers.ts";
import { deadLetters } from "./dead-letters.ts";
import type { Resource } from "./define-resource.ts";
import { events } from "./events.ts";
import { hosts } from "./hosts.ts";
import { operations } from "./operations.ts";
import { queue } from "./queue.ts";
import { references } from "./references.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { statistics } from "./statistics.ts";
import { updates } from "./updates.ts";

export const resources: readonly Resource[] = [
  sources,
  references,
  updates,
  queue,
  deadLetters,
  events,
  hosts,
  containers,
  operations,
  completions,
  statistics,
  settings,
];
