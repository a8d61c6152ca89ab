import { defineContainerOperation } from "./container-operation.ts";

export const containerStart = defineContainerOperation({
  name: "container start",
  summary: "start a container",
  doing: "starting",
  deadlineSeconds: 60,
  act: (host, container, signal) => host.start(container, signal),
});
