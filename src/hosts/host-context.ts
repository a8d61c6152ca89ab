import type { Connection } from "./connection.ts";
import type { Container, ContainerDetails } from "./container.ts";
import type { HostSettings } from "./host-settings.ts";

/** One host, as what people ask of it is built on it. */
export interface HostContext {
  readonly name: string;
  readonly settings: HostSettings;
  /** `CommandSettings.DefaultTimeoutSeconds`: for what takes as long as it takes. */
  readonly timeoutSeconds: number;
  /** The container that Talos itself runs in, if it does. */
  isTalosItself(container: Container): boolean;
  known(): readonly Container[];
  /** Throws `host-unreachable` at once while the host is down. */
  connection(signal: AbortSignal): Promise<Connection>;
  /** Listed afresh. */
  list(connection: Connection, signal: AbortSignal): Promise<readonly Container[]>;
  /** By its name, the beginning of its id or its compose service, listed afresh: only ids go to the engine. */
  find(connection: Connection, container: string, signal: AbortSignal): Promise<Container>;
  inspect(connection: Connection, container: Container, signal: AbortSignal): Promise<ContainerDetails>;
  /** One call of the Engine API; `what` follows "could not": `stop web`. */
  ask<Answer>(
    connection: Connection,
    what: string,
    signal: AbortSignal,
    call: (signal: AbortSignal) => Promise<Answer>,
    deadlineSeconds?: number,
  ): Promise<Answer>;
}
