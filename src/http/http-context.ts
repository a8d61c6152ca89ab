import type { IncomingMessage } from "node:http";
import type { Access } from "../config/access.ts";
import type { Config } from "../config/schema.ts";
import type { Operation } from "../operations/operation.ts";
import type { Talos } from "../operations/talos.ts";
import type { Store } from "../store/store.ts";
import type { HttpRequestFacts } from "../telemetry/metrics/open-metrics.ts";
import type { Tokens } from "../tokens/tokens.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

/** What the routes need. Each part of the surface is a function from this to a Hono application. */
export interface HttpContext {
  readonly config: Config;
  /** The paths of the settings that are not defaults: `ApiSettings.Port`. */
  readonly given: ReadonlySet<string>;
  readonly talos: Talos;
  readonly operations: readonly Operation[];
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
  readonly store: Store;
  /** The version of this program. */
  readonly version: string;
  /** Everything that is configured and can be down, by name. */
  readonly readiness: () => Promise<Readiness>;
  /** The text of /metrics with its content type. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Told of every request, once its answer has begun. */
  readonly onRequest?: (request: HttpRequestFacts) => void;
  /** Aborted when the server ends: streams end then. */
  readonly ending: AbortSignal;
  /** How often it is looked whether who follows a stream may still; default 30 s. */
  readonly streamCheckMs?: number;
  readonly log: HttpLog;
}

export interface Readiness {
  /** `store`, `jobs`, `discord`: undefined is well, a text is what is wrong. */
  readonly parts: Readonly<Record<string, string | undefined>>;
  /** Hosts by name, likewise: told, and not counted. */
  readonly hosts: Readonly<Record<string, string | undefined>>;
}

export interface HttpLog {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** Who asks, once that is known. */
export interface Caller {
  /** The token's name, or the user that a trusted proxy named. */
  readonly name: string;
  readonly access: Access;
  /** A token of the request itself; the cookie of a session; the header of a trusted proxy. */
  readonly via: "token" | "session" | "proxy";
}

/** For `new Hono<HttpEnvironment>()`: set by the middleware that lets in. */
export interface HttpEnvironment {
  Bindings: {
    incoming: IncomingMessage;
  };
  Variables: {
    caller: Caller;
    /** Of who asks, or of who asked the trusted proxy. */
    address: string;
  };
}
