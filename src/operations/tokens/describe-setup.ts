import type { Config } from "../../config/schema.ts";
import type { Integration } from "../../tokens/integration.ts";
import type { TokenUse } from "../../tokens/tokens.ts";
import type { View, ViewPart } from "../view.ts";

export function describeUse(use: TokenUse): string {
  return use.kind === "webhook" ? `webhooks of ${senders[use.integration]}` : `the API, to ${use.access}`;
}

/** What to do with a token now: the only time it is seen. */
export function describeSetup(use: TokenUse, token: string, config: Config): View {
  const shown: View = [
    { type: "text", text: "Token, which is not shown again", heading: true },
    { type: "code", text: token },
  ];
  if (use.kind === "api")
    return [...shown, hint("Send it as `Authorization: Bearer <token>`, or sign in to the page.")];
  return [
    { type: "text", text: "URL", heading: true },
    { type: "code", text: webhookUrl(use.integration, config) },
    ...shown,
    hint(instructions[use.integration]),
    ...warnings(config),
  ];
}

const senders: Readonly<Record<Integration, string>> = {
  gitlab: "GitLab",
  github: "GitHub",
  gitea: "Gitea",
  forgejo: "Forgejo",
  registry: "registries",
};

const instructions: Readonly<Record<Integration, string>> = {
  gitlab:
    "In GitLab under Settings > Webhooks: paste the URL, and the token as the signing token or, before GitLab 19, as the secret token. Tick push events and pipeline events.",
  github:
    "In GitHub under Settings > Webhooks: paste the URL as the payload URL and the token as the secret. Choose the events pushes, workflow runs and registry packages.",
  gitea:
    "In Gitea under Settings > Webhooks, type Gitea: paste the URL as the target URL and the token as the secret. Choose the events push, workflow run and package.",
  forgejo:
    "In Forgejo under Settings > Webhooks, type Forgejo: paste the URL as the target URL and the token as the secret. Choose the events push, the three of action runs and package.",
  registry:
    "Let the registry send its notifications of pushes to the URL, with the header `Authorization: Bearer <token>`. Where it can send no header, add `?token=<token>` to the URL.",
};

/** Where no address is configured, that of this machine with the port that is listened on. */
function webhookUrl(integration: Integration, { ApiSettings: { BaseUrl, Port } }: Config): string {
  const base = BaseUrl === "http://localhost" ? `${BaseUrl}:${Port}` : BaseUrl.replace(/\/+$/, "");
  return `${base}/webhooks/${integration}`;
}

function warnings({ ApiSettings, RedisSettings }: Config): View {
  return [
    ...(ApiSettings.Enabled ? [] : [warning("Talos takes no webhooks now: ApiSettings.Enabled is false.")]),
    ...(URL.parse(ApiSettings.BaseUrl)?.hostname === "localhost"
      ? [warning("The URL is right on this machine alone: ApiSettings.BaseUrl says where others reach Talos.")]
      : []),
    ...(RedisSettings.Endpoint !== undefined && ApiSettings.SecretKey === undefined
      ? [
          warning(
            "Other replicas cannot check signatures made with it: give all of them the same ApiSettings.SecretKey first.",
          ),
        ]
      : []),
  ];
}

function hint(text: string): ViewPart {
  return { type: "text", text };
}

function warning(text: string): ViewPart {
  return { type: "text", tone: "warning", text };
}
