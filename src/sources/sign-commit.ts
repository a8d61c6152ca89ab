import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { TalosError } from "../talos-error.ts";
import { explainGitFailure, type GitFailure } from "./explain-git-failure.ts";
import type { GitRepositoryOptions } from "./git-repository.ts";

type Signing = NonNullable<GitRepositoryOptions["signing"]>;

export function signingSettings({ format, key }: Signing): readonly (readonly [string, string])[] {
  return [
    ["gpg.format", format === "ssh" ? "ssh" : "openpgp"],
    ["user.signingKey", format === "ssh" ? keyFile(key) : key],
  ];
}

/** A public key that an agent has the other half of is written out; anything else is the name of a file. */
function keyFile(key: string): string {
  if (/^(key::|ssh-|ecdsa-|sk-)/.test(key)) return key;
  return key.startsWith("~/") ? join(homedir(), key.slice(2)) : resolve(key);
}

/** Signing is all that can go wrong by the commit's own fault; what else may is left to `explainGitFailure`. */
export function explainSigning(answer: GitFailure, doing: string, where: string): TalosError {
  if (answer.kind !== "failed" || !signingComplaint.test(answer.complaint))
    return explainGitFailure(answer, doing, where);
  const words = answer.complaint
    .split("\n")
    .map((line) => line.replace(/^(error|fatal): /, "").trim())
    .filter((line) => line !== "" && !/^(\[GNUPG:\]|failed to write commit object)/.test(line));
  return new TalosError(
    "source-unreadable",
    `Could not ${doing} ${where}: it could not be signed: ${words[0] ?? "git did not say why"}`,
    { hint: "Check SigningKey and SigningFormat: Talos must be able to read the key, and has no passphrase to give." },
  );
}

const signingComplaint = /failed to (write commit|sign)|gpg|ssh-keygen|load (public )?key|passphrase/i;
