import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { stringify } from "yaml";
import { normaliseRepositoryUrl } from "../../config/repository-url.ts";
import { TalosError } from "../../talos-error.ts";
import type { RepositoryAccess } from "./try-repository.ts";

export interface FirstAnswers extends RepositoryAccess {
  readonly manage: "Annotated" | "All";
  readonly email: string | undefined;
}

const configFile = "talos.yaml";
const tokenFile = "talos-token";

/** Before the first question: what a person has written is never lost. */
export function refuseExisting(folder: string): void {
  for (const name of [configFile, tokenFile]) {
    if (!existsSync(resolve(folder, name))) continue;
    throw new TalosError("usage", `${name} is there already, and is left as it is`, {
      hint: "edit it (talos config check says whether it is right), or run talos init in another folder",
    });
  }
}

/** Both files are for their owner's eyes only. The names of those that were written. */
export function writeFirstConfig(folder: string, answers: FirstAnswers): readonly string[] {
  const { token } = answers.account;
  const files: readonly (readonly [string, string])[] = [
    ...(token === undefined ? [] : [[tokenFile, `${token.reveal()}\n`] as const]),
    [configFile, formatFirstConfig(answers)],
  ];
  for (const [name, text] of files) writeFileSync(resolve(folder, name), text, { mode: 0o600, flag: "wx" });
  return files.map(([name]) => name);
}

function formatFirstConfig({ url, branch, account, manage, email }: FirstAnswers): string {
  const name = normaliseRepositoryUrl(url).split("/")[0] || "here";
  const signIn = account.token === undefined ? {} : { Username: account.username, Token: { File: tokenFile } };
  const host = { Name: "Talos", ...signIn, ...(email === undefined ? {} : { Email: email }) };
  const repository = { Url: url, Host: name, ...(branch === undefined ? {} : { Branch: branch }), OptIn: manage };
  const settings = { ImageUpdateSettings: { Hosts: { [name]: host }, Repositories: [repository] } };
  return `# Written by talos init. docs/configuration.md lists every setting; talos config check finds mistakes.\n${stringify(settings)}`;
}
