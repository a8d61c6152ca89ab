import type { Access } from "../../config/access.ts";
import type { HttpContext } from "../http-context.ts";
import type { Asking } from "./let-in.ts";
import type { Door } from "./open-door.ts";
import { refuseForNow, refuseWebhookToken, refuseWrong } from "./refusals.ts";

export type FoundToken =
  | {
      readonly kind: "found";
      readonly name: string;
      readonly access: Access;
      readonly createdMs: number;
      readonly expiresMs: number | undefined;
    }
  | { readonly kind: "refused"; readonly response: Response };

/** The token of the API that somebody presents. */
export async function findToken(
  asking: Asking,
  token: string,
  { tokens, talos, log }: HttpContext,
  { wrongTokens }: Door,
): Promise<FoundToken> {
  const address = asking.get("address");
  const wait = () => wrongTokens.waitSeconds(address, talos.now());
  const record = wait() === undefined ? await tokens.find(token) : undefined;
  // Again: of many at once, others may have been wrong meanwhile.
  const waitSeconds = wait();
  if (waitSeconds !== undefined) return { kind: "refused", response: refuseForNow(asking, waitSeconds) };
  if (record === undefined) {
    wrongTokens.note(address, talos.now());
    if (wait() !== undefined) log.warn({ address }, "too many wrong tokens came from an address, which has to wait");
    return { kind: "refused", response: refuseWrong(asking) };
  }
  const { name, use, createdMs, expiresMs } = record;
  if (use.kind !== "api") return { kind: "refused", response: refuseWebhookToken(asking) };
  return { kind: "found", name, access: use.access, createdMs, expiresMs };
}
