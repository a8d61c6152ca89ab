/** Who sends webhooks: `POST /webhooks/<integration>`. */
export const integrations = ["gitlab", "github", "gitea", "forgejo", "registry"] as const;
export type Integration = (typeof integrations)[number];
