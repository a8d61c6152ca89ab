import type { Scalar } from "yaml";

/** What a scalar says. `readYaml` leaves every scalar a text. */
export function scalarText(scalar: Scalar): string {
  return typeof scalar.value === "string" ? scalar.value : "";
}
