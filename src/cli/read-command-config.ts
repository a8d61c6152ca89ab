import { formatRemark } from "../config/config-node.ts";
import { type ConfigReading, type LoadedConfig, loadConfig } from "../config/load-config.ts";
import type { Config } from "../config/schema.ts";
import { TalosError } from "../talos-error.ts";
import { checkYamlPath } from "../updates/read-repository-file.ts";

/** The configuration of this machine, or the one file that was named. */
export function loadCommandConfig(file: string | undefined): ConfigReading {
  return loadConfig({
    currentFolder: currentFolder(),
    environment: process.env,
    checkYamlPath,
    ...(file === undefined ? {} : { file }),
  });
}

/** The same, for commands that cannot go on with a faulty one: every fault is told at once. */
export function readCommandConfig(file: string | undefined, onNotice: (text: string) => void): Config {
  return readLoadedConfig(file, onNotice).config;
}

/** The same, with where each setting came from. */
export function readLoadedConfig(file: string | undefined, onNotice: (text: string) => void): LoadedConfig {
  const reading = loadCommandConfig(file);
  for (const notice of reading.notices) onNotice(formatRemark(notice));
  if (reading.kind === "loaded") return reading;
  throw new TalosError(
    "config-invalid",
    ["the configuration is wrong", ...reading.faults.map(formatRemark)].join("\n  "),
    {
      hint: "talos config schema lists every setting",
    },
  );
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new TalosError("target-not-found", "the current folder does not exist any more", {
      hint: "change into another one",
      cause,
    });
  }
}
