// For tests: a configuration from texts by path instead of files.
import { formatRemark } from "./config-node.ts";
import { type ConfigReading, type ConfigRequest, type LoadedConfig, loadConfig } from "./load-config.ts";

export interface TextRequest {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: ConfigRequest["environment"];
  readonly file?: string;
  readonly checkYamlPath?: (path: string) => string | undefined;
}

/** The current folder is `/home/me`. */
export function loadTexts({ files = {}, environment = {}, ...rest }: TextRequest): ConfigReading {
  const texts = new Map(Object.entries(files));
  return loadConfig({
    ...rest,
    environment,
    currentFolder: "/home/me",
    readFile: (path) => {
      const text = texts.get(path);
      return text === undefined ? { kind: "missing" } : { kind: "text", text };
    },
  });
}

export function loadedFrom(request: TextRequest): LoadedConfig {
  const reading = loadTexts(request);
  if (reading.kind === "faulty") throw new Error(reading.faults.map(formatRemark).join("\n"));
  return reading;
}

export function faultsOf(request: TextRequest): readonly string[] {
  const reading = loadTexts(request);
  return reading.kind === "faulty" ? reading.faults.map(formatRemark) : [];
}

export function noticesOf(request: TextRequest): readonly string[] {
  return loadTexts(request).notices.map(formatRemark);
}
