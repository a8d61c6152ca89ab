import { TalosError } from "../talos-error.ts";
import type { DomainSettings } from "./domain-settings.ts";

/** Where a registry is asked. */
export interface Endpoint {
  /** `https://ghcr.io`; several are tried in turn until one answers. */
  readonly origins: readonly string[];
  /** Stands before each repository's path: empty, or `hub/`. */
  readonly pathPrefix: string;
  /** The name under which Docker keeps this registry's credentials. */
  readonly host: string;
  readonly isInsecure: boolean;
}

/**
 * HTTPS, but for loopback registries, which usually speak plain HTTP, and those configured as insecure: as with Docker, both
 * may also have any certificate.
 */
export function findEndpoint(domain: string, settings: DomainSettings): Endpoint {
  if (settings.endpoint === undefined) {
    const host = domain === "docker.io" ? "registry-1.docker.io" : domain;
    return describe(host, parse(`https://${host}`, domain), domain, settings);
  }
  const hasScheme = settings.endpoint.includes("://");
  const url = parse(hasScheme ? settings.endpoint : `https://${settings.endpoint}`, domain);
  const endpoint = describe(url.host, url, url.host, settings);
  return hasScheme ? { ...endpoint, origins: [url.origin] } : endpoint;
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function describe(host: string, url: URL, credentialHost: string, settings: DomainSettings): Endpoint {
  const isInsecure = settings.insecure === true || (isLoopback(url.hostname) && settings.caFile === undefined);
  const schemes = !isInsecure ? ["https"] : isLoopback(url.hostname) ? ["http", "https"] : ["https", "http"];
  const path = url.pathname.replaceAll(/^\/+|\/+$/g, "");
  return {
    origins: schemes.map((scheme) => new URL(`${scheme}://${host}`).origin),
    pathPrefix: path === "" ? "" : `${path}/`,
    host: credentialHost,
    isInsecure,
  };
}

function parse(text: string, domain: string): URL {
  const url = URL.parse(text);
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url !== null && isWeb && url.username === "" && url.search === "" && url.hash === "") return url;
  throw new TalosError(
    "config-invalid",
    `${text.replace(/\/\/[^/]*@/, "//")} is no address of the registry ${domain}.`,
    {
      hint: `Write RegistrySettings.Domains."${domain}".Endpoint as https://host or https://host:port.`,
    },
  );
}
