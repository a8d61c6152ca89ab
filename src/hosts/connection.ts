import type Docker from "dockerode";
import type { Route } from "./route.ts";

/** A host while it is up: what is built on the engine gets this, and nothing of how it came about. */
export interface Connection {
  readonly route: Route;
  /** Speaks the negotiated version; give every call an `abortSignal`, and let `askEngine` tell what went wrong. */
  readonly docker: Docker;
  readonly engineVersion: string;
  /** `1.41` */
  readonly apiVersion: string;
}
