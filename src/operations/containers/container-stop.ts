import { defineContainerOperation } from "./container-operation.ts";

export const containerStop = defineContainerOperation({
  name: "container stop",
  summary: "stop a container",
  doing: "stopping",
  deadlineSeconds: 300,
  act: (host, container, signal) => host.stop(container, signal),
});
