import { isIPv6 } from "node:net";
import { createSecret, type Secret } from "../telemetry/secret.ts";

export interface RedisEndpoint {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly tls: boolean;
  readonly database: number;
}

export type RedisEndpointReading =
  | { readonly kind: "valid"; readonly endpoint: RedisEndpoint }
  /** `problem` follows the name of the setting and holds no secret, so it repeats nothing of the text but a host or number. */
  | { readonly kind: "invalid"; readonly problem: string };

const forms = "`host:port,password=…,ssl=true` or `redis://user:password@host:port/0`";

/**
 * Reads the text StackExchange.Redis takes, whose further options are ignored, or a URL. Of several hosts the first is
 * used. `defaultDatabase` is for a text that names none.
 */
export function parseRedisEndpoint(text: string, defaultDatabase: number): RedisEndpointReading {
  const trimmed = text.trim();
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? parseUrl(trimmed, defaultDatabase)
    : parseOptions(trimmed, defaultDatabase);
}

function parseOptions(text: string, defaultDatabase: number): RedisEndpointReading {
  const parts = text.split(",").map((part) => part.trim());
  const address = parts.find((part) => part !== "" && !part.includes("="));
  const options = new Map(parts.filter((part) => part.includes("=")).map(splitOption));
  if (address === undefined) return invalid(`names no host; write ${forms}`);
  if (options.has("servicename")) return invalid("asks a sentinel (`serviceName`); name the Redis server itself");
  const ssl = options.get("ssl")?.toLowerCase() ?? "false";
  if (ssl !== "true" && ssl !== "false") return invalid("must have `ssl=true` or `ssl=false`");
  const [host, port] = splitAddress(address);
  return check({
    host,
    port: port ?? (ssl === "true" ? "6380" : "6379"),
    username: options.get("user"),
    password: options.get("password"),
    tls: ssl === "true",
    database: options.get("defaultdatabase") ?? String(defaultDatabase),
  });
}

function parseUrl(text: string, defaultDatabase: number): RedisEndpointReading {
  const url = URL.parse(text);
  if (url === null) return invalid(`is no URL; write ${forms}, special characters of the password as %40`);
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") return invalid(`must be ${forms}`);
  try {
    return check({
      host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port || "6379",
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      tls: url.protocol === "rediss:",
      database: url.searchParams.get("db") ?? (url.pathname.slice(1) || String(defaultDatabase)),
    });
  } catch {
    return invalid("holds a `%` that is no escape; write it as %25");
  }
}

interface WrittenEndpoint {
  readonly host: string;
  readonly port: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
  readonly database: string;
}

function check(written: WrittenEndpoint): RedisEndpointReading {
  const { host, tls, username, password } = written;
  if (!isIPv6(host) && !/^[\w.-]+$/.test(host)) return invalid(`names no host; write ${forms}`);
  const port = wholeNumber(written.port);
  if (port === undefined || port < 1 || port > 65_535) return invalid("must have a port from 1 to 65535");
  const database = wholeNumber(written.database);
  if (database === undefined) return invalid("must name the database by its number, such as 0");
  return {
    kind: "valid",
    endpoint: {
      host,
      port,
      username: username === "" ? undefined : username,
      password: password === undefined || password === "" ? undefined : createSecret(password),
      tls,
      database,
    },
  };
}

function splitOption(part: string): readonly [string, string] {
  const at = part.indexOf("=");
  return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()];
}

function splitAddress(address: string): readonly [host: string, port: string | undefined] {
  if (isIPv6(address)) return [address, undefined];
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/.exec(address) ?? [];
  return [bracketed ?? plain ?? "", port];
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function invalid(problem: string): RedisEndpointReading {
  return { kind: "invalid", problem };
}
