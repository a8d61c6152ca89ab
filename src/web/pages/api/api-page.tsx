import { useSignal } from "@preact/signals";
import { createResource } from "../../client/api/resource.ts";
import { address } from "../../client/browser/route.ts";
import { SearchField } from "../../parts/form/search-field.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import type { OpenApiDocument } from "./openapi-document.ts";
import { type ApiGroup, filterGroups, readOpenApi } from "./read-openapi.ts";
import { RouteDetails } from "./route-details.tsx";

const openApi = createResource<OpenApiDocument>("openapi.json", () => false);

/** What programs can ask, out of the document that describes it to them. */
export function ApiPage() {
  const text = useSignal("");
  const documentAddress = address("api/v1/openapi.json");
  return (
    <Page
      title="API"
      about={
        <>
          Everything this page does, for programs, with a token. The same as an{" "}
          <a href={documentAddress} target="_blank" rel="noopener">
            OpenAPI document
          </a>
          .
        </>
      }
    >
      <div class="filters" role="search">
        <SearchField
          label="Search the API"
          value={text.value}
          placeholder="Path, method or what it is for"
          onInput={(next) => (text.value = next)}
        />
      </div>
      <ShowResource resource={openApi} lines={10}>
        {(document) => {
          const groups = filterGroups(readOpenApi(document, apiBase()), text.value);
          if (groups.length === 0) return <p class="soft">Nothing of the API matches.</p>;
          return groups.map((group) => <Group key={group.name} group={group} />);
        }}
      </ShowResource>
    </Page>
  );
}

function apiBase(): string {
  return address("api/v1").replace(/\/$/u, "");
}

function Group({ group: { name, description, routes } }: { readonly group: ApiGroup }) {
  return (
    <Section title={name} count={routes.length}>
      {description === undefined ? undefined : <p class="soft">{description}</p>}
      <div class="card api-routes">
        {routes.map((route) => (
          <RouteDetails key={route.id} route={route} />
        ))}
      </div>
    </Section>
  );
}
