import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { OperationDescription } from "../../../http/api/api-schemas.ts";
import type { Arguments } from "../../client/acting/run-operation.ts";
import { Button } from "../control/button.tsx";
import { ArgumentField } from "./argument-field.tsx";
import { readArguments } from "./read-arguments.ts";

/** Asks for the arguments of an operation. What is left empty is not sent. */
export function OperationForm({
  operation,
  given = {},
  isBusy = false,
  submit,
  children,
  onSubmit,
}: {
  readonly operation: OperationDescription;
  /** Known already, and not asked for. */
  readonly given?: Arguments;
  readonly isBusy?: boolean;
  /** The words on its button. */
  readonly submit: string;
  readonly children?: ComponentChildren;
  readonly onSubmit: (values: Arguments) => void;
}) {
  const values = useSignal<Readonly<Record<string, string | boolean>>>({});
  const asked = readArguments(operation).filter(({ name }) => !Object.hasOwn(given, name));
  const filled = Object.fromEntries(
    Object.entries(values.value).filter(([, value]) => value !== "" && value !== false),
  );
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ ...given, ...filled });
      }}
    >
      {asked.map((argument) => (
        <ArgumentField
          key={argument.name}
          operation={operation.name}
          argument={argument}
          value={values.value[argument.name] ?? (argument.isSwitch ? false : "")}
          onChange={(value) => {
            values.value = { ...values.value, [argument.name]: value };
          }}
        />
      ))}
      {children}
      <div class="form-actions">
        <Button type="submit" look="primary" isBusy={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
