import type { Container } from "../../../http/api/api-schemas.ts";
import { confirmOperation } from "../../client/acting/confirm-operation.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { shortImage } from "../../client/words/short-change.ts";
import { Button } from "../../parts/control/button.tsx";
import { PageLink } from "../../parts/control/link.tsx";
import { type Column, Table } from "../../parts/layout/table.tsx";
import { Words } from "../../parts/text/words.tsx";
import type { Project } from "./arrange-containers.ts";
import { ContainerBadges } from "./container-badges.tsx";
import { ContainerButtons } from "./container-buttons.tsx";
import { hostPath } from "./host-paths.ts";

/** The containers of one compose project, and what can be done with it. */
export function ProjectContainers({ host, project }: { readonly host: string; readonly project: Project }) {
  const { name, containers } = project;
  const columns: readonly Column<Container>[] = [
    { title: "Container", kind: "name", show: (one) => <Name host={host} container={one} /> },
    { title: "State", show: (one) => <State container={one} /> },
    { title: "Image", show: (one) => <ImageOf container={one} /> },
    ...(mayRun("container restart")
      ? [
          {
            title: "Actions",
            show: (one: Container) => <ContainerButtons host={host} container={one} isCompact />,
          },
        ]
      : []),
  ];
  const title = name ?? "Of no project";
  return (
    <div class="project">
      <div class="project-head">
        <h3>
          <Words>{title}</Words> <span class="count">{containers.length}</span>
        </h3>
        {name === undefined ? undefined : <ProjectButtons host={host} project={name} />}
      </div>
      <Table caption={`${title} on ${host}`} columns={columns} rows={containers} keyOf={({ id }) => id} />
    </div>
  );
}

const projectActions = [
  {
    verb: "Pull",
    operation: "project pull",
    about: "The images of the project are pulled. Nothing that runs is changed.",
  },
  {
    verb: "Up",
    operation: "project up",
    about: "The project is brought up as its files say: what has changed in them, or has a newer image, is recreated.",
  },
] as const;

function ProjectButtons({ host, project }: { readonly host: string; readonly project: string }) {
  return (
    <span class="row-actions">
      {projectActions
        .filter(({ operation }) => mayRun(operation))
        .map((action) => (
          <Button
            key={action.verb}
            isSmall
            onClick={() =>
              confirmOperation({
                title: `${action.verb} ${project} on ${host}`,
                operation: action.operation,
                values: { host, project },
                about: `${action.about} It is the compose project ${project} on the host ${host}.`,
              })
            }
            more={{ "aria-label": `${action.verb} ${project}` }}
          >
            {action.verb}
          </Button>
        ))}
    </span>
  );
}

function Name({
  host,
  container: { name, project, service },
}: {
  readonly host: string;
  readonly container: Container;
}) {
  return (
    <span class="stack">
      <PageLink to={hostPath(host, name)} class="container-name">
        <Words>{name}</Words>
      </PageLink>
      {service === undefined || isTold(name, project, service) ? undefined : (
        <span class="soft">
          service <Words>{service}</Words>
        </span>
      )}
    </span>
  );
}

/** `home-dns-1` says that it is `dns` of `home`. */
function isTold(name: string, project: string | undefined, service: string): boolean {
  return name === service || name.replace(/[-_]\d+$/u, "").replace(/[-_]/u, "-") === `${project}-${service}`;
}

function State({ container }: { readonly container: Container }) {
  return (
    <span class="state">
      <ContainerBadges container={container} />
      <span class="soft">{container.status}</span>
    </span>
  );
}

function ImageOf({ container: { image, version } }: { readonly container: Container }) {
  return (
    <span class="stack">
      <code class="image" title={image}>
        {shortImage(image)}
      </code>
      {version === undefined ? undefined : <span class="soft">version {version}</span>}
    </span>
  );
}
