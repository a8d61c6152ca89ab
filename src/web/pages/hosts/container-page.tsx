import type { ComponentChildren } from "preact";
import type { Container } from "../../../http/api/api-schemas.ts";
import { usePolling } from "../../client/api/use-polling.ts";
import { PageLink } from "../../parts/control/link.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";
import { ContainerBadges } from "./container-badges.tsx";
import { ContainerButtons } from "./container-buttons.tsx";
import { containersOf } from "./containers-of.ts";
import { hostPath } from "./host-paths.ts";
import { LogView } from "./log/log-view.tsx";

const pollMs = 5000;

/** One container: how it is, what can be done with it, and what it writes. */
export function ContainerPage({ host, name }: { readonly host: string; readonly name: string }) {
  const resource = containersOf(host);
  usePolling(resource, pollMs);
  const loaded = resource.state.value;
  const known = loaded.kind === "ready" ? loaded.value.containers : [];
  const isRunning = known.some((one) => (one.name === name || one.id === name) && one.state === "running");
  return (
    <Page
      title={name}
      about={
        <>
          on <PageLink to={hostPath(host)}>{host}</PageLink>
        </>
      }
      isWide
    >
      <ShowResource resource={resource} lines={3}>
        {({ containers }) => {
          const container = containers.find((one) => one.name === name || one.id === name);
          return container === undefined ? (
            <Empty icon="hosts" title={`There is no container ${name} on ${host} now`}>
              <PageLink to={hostPath(host)}>See what runs there</PageLink>
            </Empty>
          ) : (
            <Facts host={host} container={container} />
          );
        }}
      </ShowResource>
      <Section title="Log">
        <LogView host={host} container={name} isRunning={isRunning} />
      </Section>
    </Page>
  );
}

function Facts({ host, container }: { readonly host: string; readonly container: Container }) {
  const { image, version, project, service, createdMs, status } = container;
  return (
    <div class="container-facts">
      <div class="action-bar">
        <ContainerBadges container={container} />
        <ContainerButtons host={host} container={container} />
      </div>
      <dl class="fields">
        <Field name="status">{status}</Field>
        <Field name="image">
          <code class="image">{image}</code>
        </Field>
        {version === undefined ? undefined : <Field name="version">{version}</Field>}
        {project === undefined ? undefined : (
          <Field name="project">
            <Words>{project}</Words>
            {service === undefined ? undefined : (
              <>
                , service <Words>{service}</Words>
              </>
            )}
          </Field>
        )}
        <Field name="created">
          <Time atMs={createdMs} />
        </Field>
      </dl>
    </div>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
