import { z } from "zod";
import { integer } from "../../config/setting-types.ts";
import { optional } from "../argument-types.ts";
import { findHost } from "../hosts/find-host.ts";
import { completeOnHost, theContainer, theHost } from "../hosts/host-arguments.ts";
import { defineOperation } from "../operation.ts";
import { readableLine } from "./readable-line.ts";

export const containerLogs = defineOperation({
  name: "container logs",
  summary: "show what a container has written last",
  arguments: z.strictObject({
    host: theHost,
    container: theContainer,
    lines: optional(integer(1, 2000), "How many lines; not given: 100."),
  }),
  positional: ["host", "container"],
  complete: completeOnHost,
  access: "read",
  deadlineSeconds: 60,
  async run({ talos, signal }, { host, container, lines = 100 }) {
    const written = await findHost(talos, host).logs(container, lines, signal);
    if (written.length === 0) return [{ type: "text", tone: "quiet", text: `${container} has written nothing` }];
    return [{ type: "log", lines: written.map(readableLine) }];
  },
});
