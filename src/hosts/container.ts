/** A container as the engine lists it. */
export interface Container {
  /** In full. */
  readonly id: string;
  readonly name: string;
  /** As it was started: `redis:7`, or the image's id where its tag has moved on. */
  readonly image: string;
  /** `sha256:…` of the image's configuration. */
  readonly imageId: string;
  readonly state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** undefined: it has no health check. */
  readonly health: "starting" | "healthy" | "unhealthy" | undefined;
  /** The engine's words: `Up 3 hours (healthy)`, `Exited (137) 2 days ago`. */
  readonly status: string;
  readonly createdMs: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** What only looking at the single container tells. */
export interface ContainerDetails extends Container {
  /** As its settings name it: `redis:7`. */
  readonly imageReference: string;
  /** `redis@sha256:…`, as pulled; empty: built here or imported. */
  readonly repoDigests: readonly string[];
  /** undefined: not running, or never was. */
  readonly startedMs: number | undefined;
  readonly finishedMs: number | undefined;
  /** undefined: it has not ended. */
  readonly exitCode: number | undefined;
  readonly restartCount: number;
}
