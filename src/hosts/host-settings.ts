import type { Config } from "../config/schema.ts";

export type HostSettings = Config["DockerSettings"]["Hosts"][string];
export type SshSettings = NonNullable<HostSettings["SSHConfig"]>;
