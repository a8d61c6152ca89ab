import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "./button.tsx";

/** Text to be taken elsewhere. Where the browser has no clipboard, as without HTTPS, it is selected instead. */
export function CopyCode({ text, label }: { readonly text: string; readonly label: string }) {
  const code = useRef<HTMLPreElement>(null);
  const outcome = useSignal("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      outcome.value = "Copied";
    } catch {
      if (code.current !== null) getSelection()?.selectAllChildren(code.current);
      outcome.value = "Selected: copy it by hand";
    }
  };
  return (
    <div class="copy-code">
      <pre ref={code} class="code" tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <div class="copy-code-actions">
        <Button isSmall icon="copy" onClick={() => void copy()} more={{ "aria-label": `Copy ${label}` }}>
          Copy
        </Button>
        <span class="soft" role="status">
          {outcome.value}
        </span>
      </div>
    </div>
  );
}
