/**
 * The forge of a repository, from its URL. Each call is a request or a few; nothing is kept or repeated here, so what
 * failed and may pass is for the caller to try again. After an uncertain `open` that is safe: one that exists already
 * is found and returned. Requests from forks are never taken for our own, whatever their branch is called.
 */
import type { Secret } from "../../telemetry/secret.ts";
import type { Forge, ForgeType } from "../forge.ts";
import { type ForgeWithApi, findForgeAddress } from "./forge-address.ts";
import type { ForgeApi } from "./forge-api.ts";
import { createForgeClient } from "./forge-client.ts";
import { createGiteaApi } from "./gitea-api.ts";
import { createGithubApi } from "./github-api.ts";
import { createGitlabApi } from "./gitlab-api.ts";
import { guessForgeType } from "./guess-forge-type.ts";

export interface ForgeOptions {
  /** undefined: guessed from the URL. */
  readonly type: ForgeType | undefined;
  readonly repositoryUrl: string;
  /** `Hosts.<name>.ApiUrl`: where the API is not at its usual place. */
  readonly apiUrl?: string | undefined;
  readonly token: Secret;
  /** Of one request. */
  readonly deadlineSeconds: number;
  readonly caFile?: string | undefined;
}

/** undefined: a plain git server. Throws a TalosError when the URL is no repository of such a server. */
export function openForge(options: ForgeOptions): Forge | undefined {
  const type = options.type ?? guessForgeType(options.repositoryUrl);
  if (type === "Generic") return undefined;
  const address = findForgeAddress(type, options.repositoryUrl, options.apiUrl);
  const { token, deadlineSeconds, caFile } = options;
  const client = createForgeClient({ type, address, token, deadlineSeconds, caFile });
  const noun = type === "GitLab" ? "merge request" : "pull request";
  const describe = (number: number) => `${noun} ${number} of ${address.repository.join("/")}`;
  return createForge(createApi[type](client, address.repository), describe);
}

const createApi = {
  GitLab: createGitlabApi,
  GitHub: createGithubApi,
  Gitea: createGiteaApi,
  Forgejo: createGiteaApi,
} as const satisfies Record<ForgeWithApi, unknown>;

function createForge(api: ForgeApi, describe: (number: number) => string): Forge {
  const find: Forge["find"] = async (branch, target, signal) => {
    const requests = await api.list(branch, target, signal);
    return requests.find(({ state }) => state === "open") ?? requests[0];
  };
  return {
    find,
    open: async (branch, target, text, signal) => {
      const attempt = await api.create(branch, target, text, signal);
      if (attempt.kind === "done") return attempt.value;
      // They all say so when there is one already, but for other reasons too, and each in words of its own.
      const mayExist = attempt.status === 409 || attempt.status === 422;
      const existing = mayExist ? await find(branch, target, signal) : undefined;
      if (existing?.state === "open") return existing;
      throw attempt.error;
    },
    update: (number, text, signal) => api.edit(number, text, `${describe(number)} was not updated`, signal),
    close: async (number, comment, signal) => {
      const failing = `${describe(number)} was not closed`;
      const { state } = await api.read(number, failing, signal);
      // Whoever closed or merged it has said why.
      if (state !== "open") return;
      await api.comment(number, comment, failing, signal);
      await api.close(number, failing, signal);
    },
  };
}
