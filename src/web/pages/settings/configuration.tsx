import { useSignal } from "@preact/signals";
import type { Settings } from "../../../http/api/api-schemas.ts";
import { createResource } from "../../client/api/resource.ts";
import { CheckField } from "../../parts/form/field.tsx";
import { SearchField } from "../../parts/form/search-field.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { Badge } from "../../parts/text/badge.tsx";
import { groupSettings, type SettingGroup } from "./group-settings.ts";

/** It is read once, when Talos starts. */
const settings = createResource<Settings>("settings", () => false);

/** What Talos goes by: from its files, the environment and its defaults. Secrets are not told. */
export function Configuration() {
  const text = useSignal("");
  const isChangedOnly = useSignal(false);
  return (
    <Section title="Configuration">
      <div class="filters" role="search">
        <SearchField
          label="Search the configuration"
          value={text.value}
          placeholder="Name or value"
          onInput={(next) => (text.value = next)}
        />
        <CheckField
          label="Only what is not the default"
          isChecked={isChangedOnly.value}
          onChange={(isOn) => (isChangedOnly.value = isOn)}
        />
      </div>
      <ShowResource resource={settings} lines={8}>
        {({ settings: all }) => {
          const groups = groupSettings(all, { text: text.value, isChangedOnly: isChangedOnly.value });
          if (groups.length === 0) return <p class="soft">No setting matches.</p>;
          return groups.map((group) => <Group key={group.name} group={group} />);
        }}
      </ShowResource>
    </Section>
  );
}

function Group({ group: { name, settings: some } }: { readonly group: SettingGroup }) {
  return (
    <div class="setting-group">
      <h3>{name}</h3>
      <dl class="card settings-list">
        {some.map(({ path, rest, value, isDefault }) => (
          <div key={path} class={isDefault ? "setting setting-default" : "setting"}>
            <dt title={path}>{rest}</dt>
            <dd>
              <code>{value === "" ? "–" : value}</code>
              {isDefault ? <span class="setting-note">default</span> : undefined}
              {value === "[secret]" ? <Badge>secret</Badge> : undefined}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
