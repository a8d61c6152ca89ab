import { useEffect } from "preact/hooks";
import { beginSession, hasToken, session } from "../client/api/session.ts";
import { Button } from "../parts/control/button.tsx";
import { Toasts } from "../parts/control/toasts.tsx";
import { Brand } from "./brand.tsx";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";

export function App() {
  return (
    <>
      <Inside />
      <Toasts />
    </>
  );
}

function Inside() {
  const state = session.value;
  useEffect(() => {
    void beginSession();
    // A sign-in link that is opened in this tab loads nothing anew.
    const follow = (): void => {
      if (hasToken()) void beginSession();
    };
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  switch (state.kind) {
    case "loading":
      return <Lobby text="Loading" />;
    case "unreachable":
      return <Unreachable title={state.failure.title} hint={state.failure.detail ?? state.failure.hint} />;
    case "signed-out":
      return <SignIn because={state.because} failure={state.failure} />;
    case "signed-in":
      return <Shell who={state.who} />;
  }
}

function Lobby({ text }: { readonly text: string }) {
  return (
    <main class="lobby">
      <p class="soft" role="status">
        <span class="spinner" /> {text}
      </p>
    </main>
  );
}

/** How long until Talos is asked again by itself. */
const pauseMs = 3000;

function Unreachable({ title, hint }: { readonly title: string; readonly hint: string | undefined }) {
  useEffect(() => {
    const timer = setInterval(() => void beginSession(), pauseMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <main class="lobby">
      <div class="lobby-box">
        <Brand />
        <h1>{title}</h1>
        <p class="soft">{hint}</p>
        <Button icon="again" onClick={() => void beginSession()}>
          Try again
        </Button>
      </div>
    </main>
  );
}
