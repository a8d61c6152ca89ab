import type { Secret } from "../telemetry/secret.ts";

/** `RegistrySettings.Domains.<domain>` */
export interface DomainSettings {
  /**
   * A mirror or proxy to ask instead: `https://mirror.example`, `mirror.example:5000`. A path stands before the
   * repository's: with `https://harbor.example/hub`, `library/redis` is asked as `hub/library/redis`.
   */
  readonly endpoint?: string | undefined;
  /** Plain HTTP, or HTTPS with any certificate. */
  readonly insecure?: boolean | undefined;
  readonly username?: string | undefined;
  readonly password?: Secret | undefined;
  /** PEM certificates to trust besides the system's. */
  readonly caFile?: string | undefined;
  /** Requests at once, 16 if not set (64 over HTTP/2). */
  readonly concurrency?: number | undefined;
}
