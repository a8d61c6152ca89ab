import { defineContainerOperation } from "./container-operation.ts";

export const containerRecreate = defineContainerOperation({
  name: "container recreate",
  summary: "replace a container by a new one, from the image its reference names now",
  doing: "recreating",
  deadlineSeconds: 300,
  act: (host, container, signal) => host.recreate(container, signal),
});
