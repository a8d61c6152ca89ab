import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Failure } from "../client/api/ask.ts";
import { MarkedText } from "../parts/text/marked-text.tsx";

/** Why it was refused, in words of this page where it knows better than the server what the person did. */
export function SignInFailure({ failure }: { readonly failure: Failure }) {
  const { title, detail, hint, status, retryAfterSeconds } = failure;
  if (status === 429) return <TooMany seconds={retryAfterSeconds} />;
  return (
    <div class="field-error">
      <p>{detail ?? title}</p>
      {hint === undefined ? undefined : (
        <p class="soft">
          <MarkedText text={hint} />
        </p>
      )}
    </div>
  );
}

function TooMany({ seconds }: { readonly seconds: number | undefined }) {
  const left = useSignal(seconds ?? 0);
  useEffect(() => {
    left.value = seconds ?? 0;
    const timer = setInterval(() => {
      left.value = Math.max(0, left.value - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <div class="field-error">
      <p>Too many wrong tokens came from your address.</p>
      {/* Read out once, by the alert that it is in; not every second. */}
      <p class="soft" aria-live="off">
        {left.value > 0 ? `Try again in ${left.value} s.` : "You can try again now."}
      </p>
    </div>
  );
}
