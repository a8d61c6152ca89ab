import { z } from "zod";
import { boolean, integer } from "../../config/setting-types.ts";
import { optional } from "../argument-types.ts";
import { findHost } from "../hosts/find-host.ts";
import { completeOnHost, theContainer, theHost } from "../hosts/host-arguments.ts";
import { defineOperation } from "../operation.ts";
import { readableLine } from "./readable-line.ts";

export const containerLogs = defineOperation({
  name: "container logs",
  summary: "show what a container has written last, and with follow what it writes from then on",
  arguments: z.strictObject({
    host: theHost,
    container: theContainer,
    lines: optional(integer(1, 2000), "How many lines; not given: 100."),
    follow: optional(boolean(), "Go on with what it writes, until it ends or this is cancelled."),
  }),
  positional: ["host", "container"],
  complete: completeOnHost,
  access: "read",
  deadlineSeconds: 7 * 24 * 3600,
  async *run({ talos, signal }, { host, container, lines = 100, follow = false }) {
    const found = findHost(talos, host);
    if (follow) {
      for await (const written of found.followLogs(container, lines, signal))
        yield { kind: "part", part: { type: "log", lines: written.map(readableLine) } };
      return [{ type: "text", tone: "quiet", text: `${container} has ended` }];
    }
    const written = await found.logs(container, lines, signal);
    if (written.length === 0) return [{ type: "text", tone: "quiet", text: `${container} has written nothing` }];
    return [{ type: "log", lines: written.map(readableLine) }];
  },
});
