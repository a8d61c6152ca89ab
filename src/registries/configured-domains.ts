import type { Config } from "../config/schema.ts";
import type { DomainSettings } from "./domain-settings.ts";

/** `RegistrySettings.Domains` as the client takes them. */
export function configuredDomains(config: Config): Readonly<Record<string, DomainSettings>> {
  const domains = Object.entries(config.RegistrySettings.Domains).map(([domain, settings]) => [
    domain,
    {
      endpoint: settings.Endpoint,
      insecure: settings.Insecure,
      username: settings.Username,
      password: settings.Password,
      caFile: settings.CaFile,
      concurrency: settings.Concurrency,
    },
  ]);
  return Object.fromEntries(domains);
}
