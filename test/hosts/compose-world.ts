import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Host } from "../../src/hosts/hosts.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { type DockerTools, dockerTools } from "../parties/docker-tools.ts";
import { sshDocker } from "../parties/ssh-docker.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";
import { localHost, openTestHosts, sshHost, waitFor } from "./open-test-hosts.ts";

export interface ComposeWorld extends AsyncDisposable {
  readonly engine: DockerEngine;
  readonly registry: DockerRegistry;
  readonly folder: TemporaryFolder;
  host(name: HostName): Host;
  /** Brings a project up as a person would, from the folder of its name, and waits until the host knows it. */
  bringUp(host: HostName, project: string, service: Readonly<Record<string, unknown>>): Promise<void>;
  writeProject(project: string, service: Readonly<Record<string, unknown>>): Promise<void>;
}

const hostNames = ["V2", "V1", "V2 by SSH", "V1 by SSH"] as const;
export type HostName = (typeof hostNames)[number];

/** One engine that is four hosts: with each compose, here and by SSH. */
export async function composeWorld(): Promise<ComposeWorld> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const tools = stack.use(await dockerTools());
  const [engine, registry, server] = await Promise.all([dockerEngine(), dockerRegistry(), sshDocker()]);
  for (const party of [engine, registry, server]) stack.use(party);
  const kept = { ...process.env };
  stack.defer(() => void Object.assign(process.env, kept));
  // Of this worker only.
  Object.assign(process.env, tools.environment, { TALOS_SECRET: "s3cret" });
  const hosts = stack.use(
    await openTestHosts({
      V2: localHost(engine.socket),
      V1: { ...localHost(engine.socket), DockerVersion: "V1" },
      "V2 by SSH": sshHost(server, engine.socket, { IdentityFile: server.forwardingKeyFile }),
      "V1 by SSH": { ...sshHost(server, engine.socket), DockerVersion: "V1", ForceRecreateOnUp: true },
    }),
  );
  await Promise.all(hostNames.map((name) => hosts.until(name, "up")));
  const writeProject: ComposeWorld["writeProject"] = async (project, service) => {
    const text = JSON.stringify({ version: "3.7", services: { web: service } });
    await folder.write({ [`${project}/docker-compose.yml`]: text });
  };
  const all = stack.move();
  return {
    engine,
    registry,
    folder,
    host: (name) => hosts.host(name),
    writeProject,
    bringUp: async (host, project, service) => {
      await writeProject(project, service);
      await composeByHand(host, join(folder.path, project), engine, tools);
      await waitFor(`${project} is known`, () =>
        hosts
          .host(host)
          .projects()
          .some(({ name }) => name === project),
      );
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function composeByHand(host: HostName, cwd: string, engine: DockerEngine, tools: DockerTools): Promise<void> {
  const env = { ...tools.environment, DOCKER_HOST: `unix://${engine.socket}` };
  const [program = "", ...words] = host.startsWith("V1") ? ["docker-compose"] : ["docker", "compose"];
  await promisify(execFile)(program, [...words, "up", "-d"], { cwd, env });
}
