import type { MessageBody, UploadedFile } from "../state/messages.ts";

/** A REST call of the bot. */
export interface RestCall {
  /** `POST /channels/:channel/messages` */
  readonly route: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** What stands at `:channel` and the like. */
  readonly ids: Readonly<Record<string, string>>;
  /** JSON, as it was sent. */
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly atMs: number;
  /** What it was answered; undefined: nothing yet. */
  status: number | undefined;
}

export function messageBody(given: unknown): MessageBody {
  return (given ?? {}) as MessageBody;
}

export function uploadsOf(call: Pick<RestCall, "files">, newId: () => string): readonly UploadedFile[] {
  return call.files.map((file) => ({ id: newId(), ...file }));
}
