import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Failure } from "../client/api/ask.ts";
import { signIn } from "../client/api/session.ts";
import { Button } from "../parts/control/button.tsx";
import { Icon } from "../parts/control/icon.tsx";
import { Brand } from "./brand.tsx";
import { SignInFailure } from "./sign-in-failure.tsx";

export function SignIn({
  because,
  failure,
}: {
  readonly because: "ended" | "signed-out" | undefined;
  readonly failure: Failure | undefined;
}) {
  const isBusy = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = "Sign in – Talos";
    field.current?.focus();
  }, []);
  const submit = async (): Promise<void> => {
    const token = field.current?.value.trim() ?? "";
    if (token === "" || isBusy.value) return;
    isBusy.value = true;
    await signIn(token);
    isBusy.value = false;
    field.current?.select();
  };
  return (
    <main class="lobby">
      <div class="lobby-box">
        <Brand />
        <h1>Sign in</h1>
        {failure === undefined && because === "ended" ? (
          <Notice text="Your session has ended. Sign in again." />
        ) : undefined}
        {failure === undefined && because === "signed-out" ? <Notice text="You are signed out." /> : undefined}
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {/* What a password manager keeps the token under. */}
          <input
            class="unseen"
            name="username"
            autocomplete="username"
            value="talos"
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <div class="field">
            <label for="token">Token</label>
            <input
              ref={field}
              id="token"
              name="token"
              class="input mono"
              type="password"
              autocomplete="current-password"
              autocapitalize="off"
              spellcheck={false}
              required
              aria-invalid={failure === undefined ? undefined : true}
              aria-describedby={failure === undefined ? undefined : "sign-in-failure"}
            />
          </div>
          <div id="sign-in-failure" role="alert">
            {failure === undefined ? undefined : <SignInFailure key={failure.detail} failure={failure} />}
          </div>
          <Button type="submit" look="primary" isBusy={isBusy.value}>
            Sign in
          </Button>
        </form>
        <WithoutToken />
      </div>
    </main>
  );
}

function Notice({ text }: { readonly text: string }) {
  return (
    <p class="notice" role="status">
      <Icon name="info" /> {text}
    </p>
  );
}

function WithoutToken() {
  return (
    <details class="lobby-help">
      <summary>I have no token</summary>
      <p>Make one where Talos runs. It is shown once:</p>
      <pre class="code" tabIndex={0}>
        talos token create me --access admin
      </pre>
      <p class="soft">
        <code>read</code> may look, <code>operate</code> may also answer questions and change what runs,{" "}
        <code>admin</code> may also make tokens.
      </p>
    </details>
  );
}
