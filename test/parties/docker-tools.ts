import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface DockerTools extends AsyncDisposable {
  /** Where these are set, `docker compose` is V2 and `docker-compose` is V1, as far as this machine has them. */
  readonly environment: { readonly PATH: string; readonly DOCKER_CONFIG: string };
}

/** docker and both composes as a user has them, whatever else is on this machine. */
export async function dockerTools(): Promise<DockerTools> {
  const folder = await temporaryFolder();
  const [bin, config] = [join(folder.path, "bin"), join(folder.path, "config")];
  await mkdir(bin);
  await mkdir(join(config, "cli-plugins"), { recursive: true });
  const links = [
    [findProgram("docker"), join(bin, "docker")],
    [findProgram("docker-compose-v1"), join(bin, "docker-compose")],
    [findProgram("docker-compose"), join(config, "cli-plugins/docker-compose")],
  ] as const;
  for (const [program, link] of links) if (program !== undefined) await symlink(program, link);
  return {
    environment: { PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin`, DOCKER_CONFIG: config },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}
