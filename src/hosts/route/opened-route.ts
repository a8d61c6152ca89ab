import type { HostProblem } from "../host-problem.ts";
import type { Route } from "../route.ts";

/** A way as who opened it has it. */
export interface OpenedRoute extends Route {
  /** undefined: it holds, or was closed. */
  whyLost(): HostProblem | undefined;
}
