import { useId } from "preact/hooks";

/** Narrows what is shown below it, letter by letter. */
export function SearchField({
  label,
  value,
  placeholder,
  onInput,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onInput: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="field search-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="search"
        value={value}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </div>
  );
}
