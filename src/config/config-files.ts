import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./read-environment.ts";

export type FileReading =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string };

export type ReadFile = (path: string) => FileReading;

/** Where the earlier program's image keeps its configuration. */
const imageFolder = "/app";

export function readFromDisk(path: string): FileReading {
  try {
    return { kind: "text", text: readFileSync(path, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
    if (typeof code === "string") return { kind: "unreadable", reason: code === "EACCES" ? "permission denied" : code };
    throw error;
  }
}

export interface ConfigFolder {
  readonly path: string;
  /** Whether it was meant to hold configuration, or is just where the person is. */
  readonly isChosen: boolean;
}

/** `$TALOS_CONFIG_DIR`, else `/app` when it holds a file of ours, else the current folder. */
export function findConfigFolder(environment: Environment, currentFolder: string, read: ReadFile): ConfigFolder {
  const named = environment["TALOS_CONFIG_DIR"];
  if (named !== undefined && named !== "") return { path: named, isChosen: true };
  const isInImage = configFileNames(environment).some((name) => read(join(imageFolder, name)).kind !== "missing");
  return isInImage ? { path: imageFolder, isChosen: true } : { path: currentFolder, isChosen: false };
}

/** Lowest layer first. */
export function configFileNames(environment: Environment): readonly string[] {
  const names = ["TALOS_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"];
  const set = names.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
  const general = ["appsettings.json", "talos.yaml", "talos.yml", "talos.json", "talos.toml"];
  return [...general, `appsettings.${set ?? "Production"}.json`];
}
