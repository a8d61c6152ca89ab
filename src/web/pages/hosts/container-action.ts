import type { Container } from "../../../http/api/api-schemas.ts";
import type { IconName } from "../../parts/control/icon.tsx";

export interface ContainerAction {
  readonly verb: "Start" | "Stop" | "Restart" | "Recreate";
  readonly operation: string;
  readonly icon: IconName;
  readonly isDanger: boolean;
  /** What will happen, after its name. */
  readonly about: string;
}

const start: ContainerAction = {
  verb: "Start",
  operation: "container start",
  icon: "go",
  isDanger: false,
  about: "is started as it is.",
};
const stop: ContainerAction = {
  verb: "Stop",
  operation: "container stop",
  icon: "stop",
  isDanger: true,
  about: "is stopped, and stays so until somebody starts it.",
};
const restart: ContainerAction = {
  verb: "Restart",
  operation: "container restart",
  icon: "again",
  isDanger: false,
  about: "is stopped and started again. What it serves is away meanwhile.",
};
const recreate: ContainerAction = {
  verb: "Recreate",
  operation: "container recreate",
  icon: "recreate",
  isDanger: true,
  about:
    "is replaced by a new one from the image that its reference names now, with the same settings and volumes. What was written into the container itself is gone.",
};

/** What can be done with a container as it is. */
export function containerActions({ state }: Container): readonly ContainerAction[] {
  switch (state) {
    case "running":
    case "paused":
    case "restarting":
      return [restart, stop, recreate];
    case "created":
    case "exited":
      return [start, recreate];
    case "dead":
      return [recreate];
    case "removing":
      return [];
  }
}
