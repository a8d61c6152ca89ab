import { z } from "zod";
import { integer } from "../../../config/setting-types.ts";
import { optional } from "../../../operations/argument-types.ts";
import type { RegistryUse } from "../../../operations/talos.ts";
import { statisticsSchema } from "../api-schemas.ts";
import { countWeeks } from "../statistics/count-weeks.ts";
import { readOutcomes } from "../statistics/read-outcomes.ts";
import { defineResource } from "./define-resource.ts";

export const statistics = defineResource({
  path: "/statistics",
  summary: "count updates by the week, and requests to registries by the hour",
  access: "read",
  query: z.strictObject({
    weeks: optional(
      integer(1, 106),
      "How many weeks, with this one; not given: 12. Events are kept 90 days by default.",
    ),
  }),
  answer: statisticsSchema,
  async read({ talos }, { weeks = 12 }) {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const [outcomes, registries] = await Promise.all([readOutcomes(talos.events), talos.registries()]);
    const counted = countWeeks(outcomes, { weeks, nowMs: talos.now(), timeZone });
    return { weeks: [...counted], registries: registries.map(describeRegistry) };
  },
});

function describeRegistry({ domain, hours, budget, throttle }: RegistryUse) {
  return { domain, hours: hours.map((hour) => ({ ...hour })), budget: budget && { ...budget }, throttle };
}
