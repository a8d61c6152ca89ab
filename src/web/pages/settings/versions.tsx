import type { ComponentChildren } from "preact";
import type { Host } from "../../../http/api/api-schemas.ts";
import { useResource } from "../../client/api/resource.ts";
import { session } from "../../client/api/session.ts";
import { hosts } from "../../client/resources/hosts.ts";
import { Section } from "../../parts/layout/section.tsx";
import { Words } from "../../parts/text/words.tsx";

export function Versions() {
  const loaded = useResource(hosts);
  const all = loaded.kind === "ready" ? loaded.value.hosts : [];
  const current = session.value;
  if (current.kind !== "signed-in") return null;
  const { version, user, access, via } = current.who;
  return (
    <Section title="Versions">
      <dl class="fields card settings-card">
        <Field name="Talos">{version}</Field>
        <Field name="You">
          <Words>{user}</Words>, {access}, by {via === "proxy" ? "a trusted proxy" : "a token"}
        </Field>
        {all.map((host) => (
          <Field key={host.name} name={host.name}>
            {versionsOf(host)}
          </Field>
        ))}
      </dl>
    </Section>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>
        <Words>{name}</Words>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function versionsOf({ state, engineVersion, apiVersion, composeVersion, composeProblem }: Host): string {
  if (engineVersion === undefined) return state === "down" ? "not known: it is down" : "not known yet";
  const compose = composeVersion === undefined ? (composeProblem ?? "no compose") : `compose ${composeVersion}`;
  return [`engine ${engineVersion}`, ...(apiVersion === undefined ? [] : [`API ${apiVersion}`]), compose].join(", ");
}
