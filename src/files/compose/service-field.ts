import type { ComposeService, LayeredField } from "./read-compose-file.ts";

export interface ServiceField extends LayeredField {
  /** Tagged `!reset`: what was inherited is taken away. */
  readonly isReset: boolean;
}

/** A key of the service itself, of the last document that has it. */
export function findField(service: ComposeService, key: string): ServiceField | undefined {
  for (const { fields, document } of service.layers) {
    const field = fields.find((candidate) => candidate.key === key);
    if (field !== undefined) return { ...field, document, isReset: field.value?.tag === "!reset" };
  }
  return undefined;
}
