import { nearestName } from "../../policy/nearest-name.ts";
import type { TokenRecord } from "../../tokens/tokens.ts";
import type { Refusal } from "../operation.ts";
import type { Talos } from "../talos.ts";
import type { View, ViewPart } from "../view.ts";

/** `among`: those that may be meant. */
export async function revokeToken(
  talos: Talos,
  name: string,
  what: "token" | "webhook",
  among: readonly TokenRecord[],
): Promise<View | Refusal> {
  const isThere = among.some((record) => record.name === name);
  if (isThere && (await talos.tokens.revoke(name)))
    return [{ type: "text", tone: "good", text: `${name} is revoked: it lets nobody in any more` }];
  const nearest = nearestName(
    name,
    among.map((record) => record.name),
  );
  const hint: readonly ViewPart[] = nearest === undefined ? [] : [{ type: "text", text: `did you mean ${nearest}?` }];
  return {
    code: "target-not-found",
    view: [{ type: "text", tone: "bad", text: `there is no ${what} ${name}` }, ...hint],
  };
}
