import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Host } from "../../../http/api/api-schemas.ts";
import { usePolling } from "../../client/api/use-polling.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { Button } from "../../parts/control/button.tsx";
import { PageLink } from "../../parts/control/link.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { Badge } from "../../parts/text/badge.tsx";
import { Countdown } from "../../parts/text/countdown.tsx";
import { MarkedText } from "../../parts/text/marked-text.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";
import { arrangeContainers, type ContainerFilter } from "./arrange-containers.ts";
import { containersOf } from "./containers-of.ts";
import { hostPath } from "./host-paths.ts";
import { ProjectContainers } from "./project-containers.tsx";
import { Prune } from "./prune.tsx";

const pollMs = 10_000;
const states = { up: "good", connecting: "warning", down: "bad" } as const;

/** One host with all that runs on it. */
export function HostSection({ host, filter }: { readonly host: Host; readonly filter: ContainerFilter }) {
  const { name, address, state, engineVersion, composeVersion } = host;
  const titleId = useId();
  const isPruning = useSignal(false);
  return (
    <section class="section host" aria-labelledby={titleId}>
      <div class="host-head">
        <div class="host-title">
          <h2 id={titleId}>
            <PageLink to={hostPath(name)}>
              <Words>{name}</Words>
            </PageLink>
          </h2>
          <Badge tone={states[state]}>{state}</Badge>
          <Counts host={host} />
        </div>
        {mayRun("host prune") && state === "up" ? (
          <Button isSmall onClick={() => (isPruning.value = true)} more={{ "aria-label": `Prune… on ${name}` }}>
            Prune…
          </Button>
        ) : undefined}
      </div>
      <p class="host-facts soft">
        <code>{address}</code>
        {engineVersion === undefined ? undefined : <span>engine {engineVersion}</span>}
        {composeVersion === undefined ? undefined : <span>compose {composeVersion}</span>}
      </p>
      <Trouble host={host} />
      <Containers host={name} filter={filter} isDown={state !== "up"} />
      {isPruning.value ? <Prune host={name} onClose={() => (isPruning.value = false)} /> : undefined}
    </section>
  );
}

function Counts({ host: { containers } }: { readonly host: Host }) {
  const { all, running, unhealthy } = containers;
  if (all === 0) return null;
  return (
    <>
      <span class="soft">
        {running} of {all} running
      </span>
      {unhealthy === 0 ? undefined : <Badge tone="bad">{unhealthy} unhealthy</Badge>}
    </>
  );
}

/** Why it is down, what to do, and when it is tried again. */
function Trouble({ host: { state, reason, hint, sinceMs, nextTryMs, composeProblem } }: { readonly host: Host }) {
  return (
    <>
      {state !== "down" ? undefined : (
        <div class="note tone-bad">
          <p>
            <strong>{reason ?? "It does not answer."}</strong>
          </p>
          {hint === undefined ? undefined : (
            <p>
              <MarkedText text={hint} />
            </p>
          )}
          <p class="soft">
            {sinceMs === undefined ? undefined : (
              <>
                Down since <Time atMs={sinceMs} />.{" "}
              </>
            )}
            {nextTryMs === undefined ? undefined : (
              <>
                Tried again <Countdown untilMs={nextTryMs} />.
              </>
            )}
          </p>
        </div>
      )}
      {composeProblem === undefined ? undefined : <p class="note tone-warning">{composeProblem}</p>}
    </>
  );
}

function Containers({
  host,
  filter,
  isDown,
}: {
  readonly host: string;
  readonly filter: ContainerFilter;
  readonly isDown: boolean;
}) {
  const resource = containersOf(host);
  usePolling(resource, pollMs);
  return (
    <ShowResource resource={resource}>
      {({ containers }) => {
        const projects = arrangeContainers(containers, filter);
        if (containers.length === 0)
          return isDown ? undefined : <Empty icon="hosts" title={`Nothing runs on ${host}`} />;
        if (projects.length === 0) return <p class="soft">None of its {containers.length} containers matches.</p>;
        return (
          <div class={isDown ? "stale" : undefined}>
            {isDown ? <p class="soft">As it was when the host last answered:</p> : undefined}
            {projects.map((project) => (
              <ProjectContainers key={project.name ?? ""} host={host} project={project} />
            ))}
          </div>
        );
      }}
    </ShowResource>
  );
}
