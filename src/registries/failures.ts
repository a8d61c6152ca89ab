import type { LookupFailure, Repository } from "./registry.ts";

/** The sentences for what a registry answers. What a network does is in explain-network-failure.ts. */

export function describeDomainSetting(domain: string, setting?: string): string {
  return `RegistrySettings.Domains."${domain}"${setting === undefined ? "" : `.${setting}`}`;
}

export function repositoryMissing(repository: Repository): LookupFailure {
  return {
    kind: "repository-missing",
    text: `${repository.domain} has no repository ${repository.path}`,
    hint: `check the spelling; if it is private, configure ${describeDomainSetting(repository.domain)}`,
  };
}

export function tagMissing(repository: Repository, tag: string): LookupFailure {
  return {
    kind: "tag-missing",
    text: `${repository.domain} has no tag ${tag} in ${repository.path}`,
    hint: "check the spelling, or whether the tag was removed",
  };
}

/** `account` says whose credentials were refused; without any, a registry tells private and missing not apart. */
/** `note` says what else may be the cause. */
export function denied(repository: Repository, account: string | undefined, note: string | undefined): LookupFailure {
  const { domain, path } = repository;
  const isAnonymous = account === undefined;
  return {
    kind: "denied",
    text: isAnonymous
      ? `${domain} has no repository ${path}, or it is private`
      : `${domain} refuses ${path} to ${account}: the repository does not exist, or the account may not read it`,
    hint: [
      isAnonymous
        ? `check the spelling, or log in with docker login ${domain}, or configure ${describeDomainSetting(domain)}`
        : `check the spelling, the password and what the account may read`,
      ...(note === undefined ? [] : [note]),
    ].join("; "),
  };
}

/** `name` is the registry's, or that of another service it sent us to. */
export function badAnswer(name: string, what: string): LookupFailure {
  return {
    kind: "bad-answer",
    text: `${name} ${what}`,
    hint: "check that it is a container registry and that no proxy answers in its place, or try again later",
  };
}

export function throttled(
  by: { readonly domain: string; readonly name: string },
  waitMs: number | undefined,
  why: string,
): LookupFailure {
  const seconds = waitMs === undefined ? undefined : Math.ceil(waitMs / 1000);
  return {
    kind: "throttled",
    text: `${by.name} ${why}${seconds === undefined ? "" : `; it may be asked again in ${formatSeconds(seconds)}`}`,
    hint: `look later or less often, or configure an account in ${describeDomainSetting(by.domain)}: accounts are allowed more`,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  };
}

function formatSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
