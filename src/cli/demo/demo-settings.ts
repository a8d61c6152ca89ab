import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { formatRemark } from "../../config/config-node.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { Config } from "../../config/schema.ts";

/** Where the page listens. */
export interface DemoPlace {
  readonly address: string;
  readonly port: number;
}

/** Writes the configuration of a Talos that watches the repository, and reads it without any variables of this person. */
export async function writeDemoSettings(
  file: string,
  repository: string,
  { address, port }: DemoPlace,
  registrySettings: { readonly RegistrySettings: object },
): Promise<Config> {
  const folder = dirname(file);
  const settings = {
    // Asked every ten seconds, as nobody would ask a real registry.
    RegistrySettings: { ...registrySettings.RegistrySettings, CacheDuration: "5s" },
    DataDirectory: join(folder, "data"),
    GitSettings: { WorkDirectory: join(folder, "clones") },
    ApiSettings: { Address: address, Port: port, BaseUrl: demoUrl({ address, port }) },
    ImageUpdateSettings: {
      Schedule: { Type: "Delay", DelaySeconds: 10 },
      Hosts: { here: { Type: "Generic", Name: "Talos", Email: "talos@example.com" } },
      Repositories: [{ Url: `file://${repository}`, Host: "here", Branch: "main" }],
    },
  };
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
  const reading = loadConfig({ currentFolder: folder, environment: {}, file });
  if (reading.kind === "loaded") return reading.config;
  throw new Error(["the demo's own configuration is wrong", ...reading.faults.map(formatRemark)].join("\n"));
}

/** For a browser on this machine. */
export function demoUrl({ address, port }: DemoPlace): string {
  return `http://${address === "0.0.0.0" ? "127.0.0.1" : address}:${port}`;
}
