import type { TokenUse } from "../../tokens/tokens.ts";
import { formatActor } from "../format-actor.ts";
import type { OperationRun, Refusal } from "../operation.ts";
import type { View, ViewPart } from "../view.ts";
import { describeSetup, describeUse } from "./describe-setup.ts";

interface Wanted {
  readonly name: string;
  readonly use: TokenUse;
  readonly lifetimeSeconds?: number | undefined;
}

/** The answer is the only place where the token ever stands: it must be for whoever asked alone. */
export async function makeToken(
  { talos, actor }: OperationRun,
  { name, use, lifetimeSeconds }: Wanted,
): Promise<View | Refusal> {
  const expiresMs = lifetimeSeconds === undefined ? undefined : talos.now() + lifetimeSeconds * 1000;
  const made = await talos.tokens.create({ name, use, createdBy: formatActor(actor), expiresMs });
  switch (made.kind) {
    case "taken":
      return refuse(
        `there is a token ${name} already`,
        `choose another name, or revoke that one: token revoke ${name}`,
      );
    case "full":
      return refuse("there are as many tokens as there may be", "revoke those that nobody uses: token list says which");
    case "created":
      return [
        { type: "text", tone: "good", text: `${name} is made, for ${describeUse(use)}` },
        ...(expiresMs === undefined ? [] : [expiry(expiresMs)]),
        ...describeSetup(use, made.token, talos.config),
      ];
  }
}

function expiry(atMs: number): ViewPart {
  return { type: "fields", fields: [{ name: "expires", value: { atMs, exact: true } }] };
}

function refuse(text: string, hint: string): Refusal {
  return {
    code: "usage",
    view: [
      { type: "text", tone: "bad", text },
      { type: "text", text: hint },
    ],
  };
}
