import type { Container } from "../../../http/api/api-schemas.ts";
import type { Tone } from "../../../operations/view.ts";
import { Badge } from "../../parts/text/badge.tsx";
import { isInTrouble } from "./arrange-containers.ts";

const healthTones = { healthy: "good", starting: "warning", unhealthy: "bad" } as const;

export function ContainerBadges({ container }: { readonly container: Container }) {
  const { state, health, status } = container;
  return (
    <span class="badges">
      <Badge tone={stateTone(container)} title={status}>
        {state}
      </Badge>
      {health === undefined ? undefined : <Badge tone={healthTones[health]}>{health}</Badge>}
    </span>
  );
}

function stateTone(container: Container): Tone {
  if (container.state === "running") return "good";
  if (container.state === "dead" || container.state === "restarting") return "bad";
  return isInTrouble(container) ? "bad" : container.state === "paused" ? "warning" : "quiet";
}
