import { z } from "zod";
import { optional, words } from "../argument-types.ts";
import { defineOperation } from "../operation.ts";
import type { View } from "../view.ts";
import { countLeftovers, fingerprintLeftovers, leftOf, listLeftovers } from "./describe-leftovers.ts";
import { findHost } from "./find-host.ts";
import { completeOnHost, theHost } from "./host-arguments.ts";

const changed = "what nothing uses has changed since it was shown; nothing was removed";

export const hostPrune = defineOperation({
  name: "host prune",
  summary: "show what nothing uses on a host, and remove it once that is confirmed",
  arguments: z.strictObject({
    host: theHost,
    confirm: optional(words(), "Remove what was shown: the code that stood below it."),
  }),
  positional: ["host"],
  complete: completeOnHost,
  access: "operate",
  deadlineSeconds: 600,
  async *run({ talos, signal }, { host: wanted, confirm }) {
    const host = findHost(talos, wanted);
    const leftovers = await host.leftovers(signal);
    const count = countLeftovers(leftovers);
    if (count === undefined)
      return [{ type: "text", tone: "quiet", text: `${host.name} keeps nothing that is not used` }];
    const code = fingerprintLeftovers(leftovers);
    const arguments_ = { host: host.name, confirm: code };
    const list: View = [
      { type: "text", text: `nothing on ${host.name} uses ${count}` },
      ...listLeftovers(leftovers),
      { type: "choice", text: "Remove all of it", operation: "host prune", arguments: arguments_, tone: "bad" },
    ];
    if (confirm === undefined) return list;
    if (confirm !== code)
      return { code: "target-not-found", view: [{ type: "text", tone: "warning", text: changed }, ...list] };
    yield { kind: "status", text: `removing ${count} from ${host.name}` };
    const gone = await host.remove(leftovers, signal);
    const stayed = countLeftovers(leftOf(leftovers, gone));
    return [
      { type: "text", tone: "good", text: `removed ${countLeftovers(gone) ?? "nothing"} from ${host.name}` },
      ...(stayed === undefined
        ? []
        : [{ type: "text", text: `${stayed} stayed: used by now, or gone before` } as const]),
    ];
  },
});
