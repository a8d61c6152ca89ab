import { catalogue } from "./catalogue.ts";

/** One server stands for all domains; the path tells them apart, as with a registry that mirrors several. */
export function memoryRegistrySettings(url: string) {
  const domains = [...new Set(Object.keys(catalogue).map((name) => name.split("/")[0] ?? ""))];
  return {
    RegistrySettings: {
      Domains: Object.fromEntries(domains.map((domain) => [domain, { Endpoint: `${url}/${domain}` }])),
    },
  };
}
