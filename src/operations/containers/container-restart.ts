import { defineContainerOperation } from "./container-operation.ts";

export const containerRestart = defineContainerOperation({
  name: "container restart",
  summary: "stop a container and start it again",
  doing: "restarting",
  deadlineSeconds: 300,
  act: (host, container, signal) => host.restart(container, signal),
});
