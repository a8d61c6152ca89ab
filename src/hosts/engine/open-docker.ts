import { Agent } from "node:http";
import type Docker from "dockerode";

/** `version` undefined: the newest the engine speaks. A DOCKER_HOST in the environment is not for us. */
export async function openDocker(socketPath: string, version: string | undefined): Promise<Docker> {
  const { default: Dockerode } = await import("dockerode");
  const options = {
    socketPath,
    host: undefined,
    port: undefined,
    protocol: "http" as const,
    // A connection that is kept would outlive the way.
    agent: new Agent({ keepAlive: false }),
    ...(version === undefined ? {} : { version: `v${version}` }),
  };
  return new Dockerode(options);
}
