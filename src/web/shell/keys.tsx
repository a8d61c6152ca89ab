import { navigate } from "../client/browser/route.ts";
import { areShortcutsOn, switchShortcuts, useShortcuts } from "../client/browser/shortcuts.ts";
import { places } from "../pages/pages.ts";
import { Dialog } from "../parts/control/dialog.tsx";
import { CheckField } from "../parts/form/field.tsx";
import { areKeysShown } from "./keys-state.ts";

const others = [
  ["/", "Search updates"],
  ["j, k", "Next, previous update"],
  ["x", "Select, or not; with Shift from the last one"],
  ["o", "Details"],
  ["Esc", "Close, or clear the selection"],
  ["?", "This list"],
] as const;

/** The keys that lead from place to place, and the list of all keys. */
export function Keys() {
  useShortcuts({
    "?": () => {
      areKeysShown.value = true;
    },
    ...Object.fromEntries(places.map(({ key, path }) => [`g ${key}`, () => navigate(path)])),
  });
  if (!areKeysShown.value) return null;
  return (
    <Dialog title="Keyboard" onClose={() => (areKeysShown.value = false)}>
      <dl class="keys">
        {[...places.map(({ key, title }) => [`g ${key}`, title] as const), ...others].map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <CheckField label="Use these keys" isChecked={areShortcutsOn.value} onChange={switchShortcuts} />
    </Dialog>
  );
}
