import { usePolling } from "../../client/api/use-polling.ts";
import { route, setQuery } from "../../client/browser/route.ts";
import { hosts } from "../../client/resources/hosts.ts";
import { PageLink } from "../../parts/control/link.tsx";
import { CheckField } from "../../parts/form/field.tsx";
import { SearchField } from "../../parts/form/search-field.tsx";
import { AccessHint } from "../../parts/layout/access-hint.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { ContainerPage } from "./container-page.tsx";
import { HostSection } from "./host-section.tsx";

const pollMs = 10_000;

/** `hosts`: all; `hosts/nas`: one; `hosts/nas/web`: a container of it with its log. */
export function HostsPage() {
  const [host, container] = route.value.rest;
  if (host !== undefined && host !== "" && container !== undefined && container !== "")
    return <ContainerPage key={`${host}/${container}`} host={host} name={container} />;
  return <HostList only={host === "" ? undefined : host} />;
}

function HostList({ only }: { readonly only: string | undefined }) {
  usePolling(hosts, pollMs);
  const { query } = route.value;
  const filter = { text: query.get("text") ?? "", isTroubleOnly: query.get("trouble") === "yes" };
  return (
    <Page
      title={only ?? "Hosts"}
      about={only === undefined ? "Where your containers run." : <PageLink to="hosts">All hosts</PageLink>}
    >
      <AccessHint wanted="operate" to="start, stop or recreate containers" />
      <ShowResource resource={hosts}>
        {({ hosts: all }) => {
          const shown = only === undefined ? all : all.filter(({ name }) => name === only);
          if (shown.length === 0) return <NoHosts only={only} />;
          return (
            <>
              <div class="filters" role="search">
                <SearchField
                  label="Filter containers"
                  value={filter.text}
                  onInput={(text) => setQuery({ text }, { replace: true })}
                  placeholder="Name, image, project, state"
                />
                <CheckField
                  label="Only what is in trouble"
                  isChecked={filter.isTroubleOnly}
                  onChange={(isOn) => setQuery({ trouble: isOn ? "yes" : undefined }, { replace: true })}
                />
              </div>
              {shown.map((host) => (
                <HostSection key={host.name} host={host} filter={filter} />
              ))}
            </>
          );
        }}
      </ShowResource>
    </Page>
  );
}

function NoHosts({ only }: { readonly only: string | undefined }) {
  if (only !== undefined)
    return (
      <Empty icon="hosts" title={`There is no host ${only}`}>
        <PageLink to="hosts">See all hosts</PageLink>
      </Empty>
    );
  return (
    <Empty icon="hosts" title="No hosts are configured">
      Add a Docker engine under <code>DockerSettings.Hosts</code> in the configuration to see its containers here.
    </Empty>
  );
}
