import { areShortcutsOn, switchShortcuts } from "../../client/browser/shortcuts.ts";
import { chooseTheme, type Theme, theme, themes } from "../../client/browser/theme.ts";
import { Icon } from "../../parts/control/icon.tsx";
import { CheckField } from "../../parts/form/field.tsx";
import { Section } from "../../parts/layout/section.tsx";

const names: Readonly<Record<Theme, string>> = { system: "System", light: "Light", dark: "Dark" };
const icons = { system: "system", light: "sun", dark: "moon" } as const;

/** Kept in this browser. */
export function Appearance() {
  return (
    <Section title="Appearance">
      <div class="card settings-card">
        <fieldset class="segments">
          <legend>Colours</legend>
          <div class="segments-row">
            {themes.map((each) => (
              <label key={each} class="segment">
                <input
                  type="radio"
                  name="theme"
                  checked={theme.value === each}
                  onChange={() => {
                    chooseTheme(each);
                  }}
                />
                <Icon name={icons[each]} />
                {names[each]}
              </label>
            ))}
          </div>
        </fieldset>
        <CheckField
          label="Shortcuts of single keys"
          hint="Press ? to see them. Switch them off if your speech or switch input presses keys by accident."
          isChecked={areShortcutsOn.value}
          onChange={switchShortcuts}
        />
      </div>
    </Section>
  );
}
