import type { Session } from "../../http/api/api-schemas.ts";
import { toast } from "../client/acting/toasts.ts";
import { signOut } from "../client/api/session.ts";
import { chooseTheme, type Theme, theme, themes } from "../client/browser/theme.ts";
import { Button } from "../parts/control/button.tsx";
import type { IconName } from "../parts/control/icon.tsx";
import { areKeysShown } from "./keys-state.ts";

const meanings = {
  read: "may look",
  operate: "may look, answer and operate",
  admin: "may do everything",
} as const;

/** Who is signed in and what they may do; how the page looks; the way out. */
export function Person({ who: { user, access, via, version } }: { readonly who: Session }) {
  const leave = async (): Promise<void> => {
    const failure = await signOut();
    if (failure !== undefined) toast(failure.title, "bad", failure.detail ?? failure.hint);
  };
  return (
    <div class="person">
      <div class="person-who" title={`${user} ${meanings[access]}`}>
        <bdi class="person-name">{user}</bdi>
        <span class="person-access">
          {access}
          <span class="unseen">, {meanings[access]}</span>
        </span>
      </div>
      <div class="person-buttons">
        <span class="person-keys">
          <Button look="bare" icon="keys" isIconOnly onClick={() => (areKeysShown.value = true)}>
            Keyboard shortcuts
          </Button>
        </span>
        <ThemeSwitch />
        {/* Whom a proxy names is signed in again with the next request. */}
        {via === "proxy" ? undefined : (
          <Button look="bare" icon="leave" isIconOnly onClick={() => void leave()}>
            Sign out
          </Button>
        )}
      </div>
      <span class="person-version">Talos {version}</span>
    </div>
  );
}

const looks: Readonly<Record<Theme, { readonly icon: IconName; readonly words: string }>> = {
  system: { icon: "system", words: "Colours as the system has them" },
  light: { icon: "sun", words: "Light colours" },
  dark: { icon: "moon", words: "Dark colours" },
};

function ThemeSwitch() {
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? "system";
  const { icon, words } = looks[theme.value];
  return (
    <Button look="bare" icon={icon} isIconOnly onClick={() => chooseTheme(next)}>
      {`${words}; switch to: ${looks[next].words.toLowerCase()}`}
    </Button>
  );
}
