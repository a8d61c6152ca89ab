import type { Setting } from "../policy/setting.ts";
import type { Secret } from "../telemetry/secret.ts";
import { normaliseRepositoryUrl } from "./repository-url.ts";
import type { Config, RepositoryFile } from "./schema.ts";
import { gitHost } from "./sections/git.ts";

/** What the configuration says about one repository, with its host's settings and every default in place. */
export interface WatchedRepository {
  /** `github.com/me/infra`, `github.com/me/infra#main` where a branch is set; holds no blanks. */
  readonly id: string;
  readonly url: string;
  readonly branch: string | undefined;
  /** undefined: to be guessed from the URL. */
  readonly hostType: Host["Type"];
  readonly apiUrl: string | undefined;
  readonly account: {
    readonly username: string;
    readonly token: Secret | undefined;
    readonly identityFile: string | undefined;
    readonly knownHostsFile: string | undefined;
  };
  readonly author: { readonly name: string; readonly email: string };
  readonly signing: { readonly format: "ssh" | "gpg"; readonly key: string } | undefined;
  readonly cooldownSeconds: number;
  readonly createMergeRequests: boolean;
  /** With the repository's prefix. */
  readonly commitSubject: string;
  /** What is set here about its files; `layOverRepositoryFile` adds what the repository says about itself. */
  readonly settings: RepositoryFile;
}

type Host = Config["ImageUpdateSettings"]["Hosts"][string];
type Repository = Config["ImageUpdateSettings"]["Repositories"][number];

/** In the order of the configuration. Every named host is there: that was checked when the configuration was read. */
export function watchedRepositories(config: Config): readonly WatchedRepository[] {
  const { Hosts, Repositories } = config.ImageUpdateSettings;
  const nobody = gitHost.parse({});
  return Repositories.map((repository) => {
    const host = repository.Host === undefined ? nobody : (Hosts[repository.Host] ?? nobody);
    return watchRepository(repository, host, config.GitSettings.CommitSubject);
  });
}

function watchRepository(repository: Repository, host: Host, subject: string): WatchedRepository {
  return {
    id: identifyRepository(repository),
    url: repository.Url,
    branch: repository.Branch,
    hostType: host.Type,
    apiUrl: host.ApiUrl,
    account: {
      username: host.Username ?? host.Name,
      token: host.Token,
      identityFile: host.IdentityFile,
      knownHostsFile: host.KnownHostsFile,
    },
    author: { name: host.AuthorName ?? host.Name, email: host.Email },
    signing:
      host.SigningKey === undefined
        ? undefined
        : { format: host.SigningFormat === "Ssh" ? "ssh" : "gpg", key: host.SigningKey },
    cooldownSeconds: repository.CooldownSeconds,
    createMergeRequests: repository.CreateMergeRequestsForPushes,
    commitSubject: (repository.CommitPrefix ?? "") + subject,
    settings: { Glob: repository.Glob, OptIn: repository.OptIn, Defaults: repository.Defaults },
  };
}

function identifyRepository({ Url, Branch }: Pick<Repository, "Url" | "Branch">): string {
  const id = normaliseRepositoryUrl(Url) + (Branch === undefined ? "" : `#${Branch}`);
  return id.replaceAll(/\s/g, encodeURIComponent);
}

/**
 * The settings of the configuration win over the repository's own: `Glob` as a whole, because kinds that it does not
 * name are not read; `Defaults` key by key, `strategy` being one of them.
 */
export function layOverRepositoryFile(settings: RepositoryFile, file: RepositoryFile): RepositoryFile {
  return {
    Glob: settings.Glob ?? file.Glob,
    OptIn: settings.OptIn ?? file.OptIn,
    Defaults: layDefaults(settings.Defaults, file.Defaults),
  };
}

function layDefaults(upper: Setting | undefined, lower: Setting | undefined): Setting | undefined {
  if (upper?.kind !== "map" || lower?.kind !== "map") return upper ?? lower;
  const taken = new Set(upper.entries.map(({ key }) => rootKey(key)));
  return { ...upper, entries: [...lower.entries.filter(({ key }) => !taken.has(rootKey(key))), ...upper.entries] };
}

/** `strategy.digest` is written as one key too. */
function rootKey(key: string): string {
  return key.toLowerCase().split(".", 1).join();
}
