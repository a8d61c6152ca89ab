import type { Statistics } from "../../../../http/api/api-schemas.ts";
import { createResource } from "../../../client/api/resource.ts";
import { usePolling } from "../../../client/api/use-polling.ts";
import { ShowResource } from "../../../parts/layout/show-resource.tsx";
import { Registries } from "./registries.tsx";
import { Weeks } from "./weeks.tsx";

const statistics = createResource<Statistics>("statistics?weeks=12", ({ kind }) =>
  ["delivered", "reverted", "dead-lettered"].includes(kind),
);
/** Requests to registries are no events. */
const pollMs = 60_000;

export function Charts() {
  usePolling(statistics, pollMs);
  return (
    <ShowResource resource={statistics}>
      {({ weeks, registries }) => (
        <div class="charts">
          <Weeks weeks={weeks} />
          <Registries registries={registries} />
        </div>
      )}
    </ShowResource>
  );
}
