/** A compose project, as the labels of its containers tell of it. */
export interface ComposeProject {
  readonly name: string;
  /** On its host. */
  readonly folder: string;
  /** On its host, in the order in which they are laid over each other. */
  readonly files: readonly string[];
  readonly environmentFiles: readonly string[];
  readonly services: readonly string[];
}

export interface ComposeRequest {
  readonly project: string;
  readonly action: "pull" | "up";
  /** undefined: all of them. */
  readonly service: string | undefined;
}
