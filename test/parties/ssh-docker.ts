import { dockerTools } from "./docker-tools.ts";
import { type SshServer, sshServer } from "./ssh-server.ts";

export interface SshDocker extends SshServer {
  /** A key that may run commands, and forward nothing. */
  readonly commandKeyFile: string;
  /** A key that may run commands and forward ports and sockets, and nothing else. */
  readonly forwardingKeyFile: string;
}

/**
 * A machine with Docker that is reached by SSH: its user finds `docker`, `docker compose` (V2) and `docker-compose` (V1). It
 * is this machine, so the path of an engine's socket is the same there. Needs ssh, sshd, docker, and the composes used.
 */
export async function sshDocker(environment: Readonly<Record<string, string>> = {}): Promise<SshDocker> {
  await using stack = new AsyncDisposableStack();
  const tools = stack.use(await dockerTools());
  const server = stack.use(
    await sshServer({
      environment: { ...tools.environment, ...environment },
      keys: { command: "restrict", forwarding: "restrict,port-forwarding" },
    }),
  );
  const all = stack.move();
  return {
    ...server,
    commandKeyFile: server.keyFile("command"),
    forwardingKeyFile: server.keyFile("forwarding"),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
