import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask } from "../../client/api/ask.ts";
import { CheckField, SelectField, TextField } from "./field.tsx";
import type { Argument } from "./read-arguments.ts";

/** While typing, what the operation offers is asked for after this pause. */
const pauseMs = 150;

export function ArgumentField({
  operation,
  argument: { name, about, isRequired, isSwitch, choices },
  value,
  onChange,
}: {
  readonly operation: string;
  readonly argument: Argument;
  readonly value: string | boolean;
  readonly onChange: (value: string | boolean) => void;
}) {
  const offers = useSignal<readonly string[]>([]);
  const text = String(value);
  useEffect(() => {
    if (isSwitch || choices !== undefined) return;
    const ended = new AbortController();
    const load = async (): Promise<void> => {
      const path = `operations/${encodeURIComponent(operation.replaceAll(" ", "."))}/completions`;
      const query = new URLSearchParams({ argument: name, text });
      const asked = await ask<{ completions: readonly string[] }>(`${path}?${query}`, { signal: ended.signal });
      if (asked.kind === "ok") offers.value = asked.value.completions;
    };
    const timer = setTimeout(() => void load(), pauseMs);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [text]);
  const label = isRequired ? name : `${name} (optional)`;
  if (isSwitch) return <CheckField label={name} hint={about} isChecked={value === true} onChange={onChange} />;
  if (choices !== undefined) {
    const options = choices.map((choice) => ({ value: choice, text: choice }));
    return (
      <SelectField
        label={label}
        hint={about}
        value={text}
        options={[{ value: "", text: isRequired ? "Choose…" : "–" }, ...options]}
        onChange={onChange}
      />
    );
  }
  return (
    <TextField
      label={label}
      hint={about}
      value={text}
      offers={offers.value}
      onInput={onChange}
      more={{ required: isRequired, autocomplete: "off" }}
    />
  );
}
