import type { HostSettings } from "./host-settings.ts";
import { readSshTarget } from "./route/ssh-target.ts";

/** For people to read: `unix:///var/run/docker.sock`, `ssh://talos@nas:22` */
export function addressOf(settings: HostSettings): string {
  const { SSHConfig } = settings;
  if (SSHConfig === undefined) return `unix://${socketPath(settings)}`;
  const { host, user, port } = readSshTarget(SSHConfig);
  return `ssh://${user === undefined ? "" : `${user}@`}${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Written as a path, or as DOCKER_HOST has it. */
export function socketPath({ Socket }: HostSettings): string {
  return Socket.replace(/^unix:\/\//, "");
}
