import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

export type ProgramName =
  | "git"
  | "docker-registry"
  | "skopeo"
  | "htpasswd"
  | "openssl"
  /** The plug-in of V2. */
  | "docker-compose"
  /** V1: another program of the same name. */
  | "docker-compose-v1"
  | "docker"
  | "dockerd"
  | "busybox"
  | "redis-server"
  | "ssh"
  | "sshd"
  | "strace"
  | "script"
  | "tini"
  | "caddy"
  | "nginx"
  | "chromium";

/** What the tests need besides Node, and the packages that bring it. */
export const packages: Readonly<Record<ProgramName, { readonly debian: string; readonly homebrew: string }>> = {
  git: { debian: "git", homebrew: "git" },
  "docker-registry": { debian: "docker-registry", homebrew: "distribution" },
  skopeo: { debian: "skopeo", homebrew: "skopeo" },
  htpasswd: { debian: "apache2-utils", homebrew: "httpd" },
  openssl: { debian: "openssl", homebrew: "openssl" },
  "docker-compose": { debian: "docker-compose", homebrew: "docker-compose" },
  "docker-compose-v1": { debian: "docker-compose", homebrew: "docker-compose@1" },
  docker: { debian: "docker.io", homebrew: "docker" },
  dockerd: { debian: "docker.io", homebrew: "docker" },
  busybox: { debian: "busybox-static", homebrew: "busybox" },
  "redis-server": { debian: "redis-server", homebrew: "redis" },
  ssh: { debian: "openssh-client", homebrew: "openssh" },
  sshd: { debian: "openssh-server", homebrew: "openssh" },
  strace: { debian: "strace", homebrew: "strace" },
  script: { debian: "bsdutils", homebrew: "util-linux" },
  tini: { debian: "tini", homebrew: "tini" },
  caddy: { debian: "caddy", homebrew: "caddy" },
  nginx: { debian: "nginx", homebrew: "nginx" },
  chromium: { debian: "chromium", homebrew: "chromium" },
};

/** Where prepare.ts unpacks Debian packages when it may not install them. */
export const unpackedFolder = join(import.meta.dirname, "../../node_modules/.cache/talos-test/debian");
const unpackedBin = [join(unpackedFolder, "usr/bin"), join(unpackedFolder, "usr/sbin")];

const pluginFolders = [
  join(homedir(), ".docker/cli-plugins"),
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
  "/opt/homebrew/lib/docker/cli-plugins",
  join(unpackedFolder, "usr/libexec/docker/cli-plugins"),
];

/** Programs that are called otherwise, or like another one. */
const fileNames: Partial<Record<ProgramName, readonly string[]>> = {
  // Homebrew's `distribution` calls the registry `registry`.
  "docker-registry": ["docker-registry", "registry"],
  "docker-compose-v1": ["docker-compose"],
};
const isRight: Partial<Record<ProgramName, (path: string) => boolean>> = {
  // The plug-in of V2 runs by itself: `docker-compose config`.
  "docker-compose": (path) => isCompose(path, /^v?[2-9]/),
  "docker-compose-v1": (path) => isCompose(path, /^1\./),
  // In a container of its own it finds no libraries.
  busybox: (path) => isExecutable(path) && !readFileSync(path).subarray(0, 4096).includes("/ld-"),
};

/** The path of a program that can be run; undefined: it is not there. */
export function findProgram(name: ProgramName): string | undefined {
  const onPath = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/opt/homebrew/bin", ...unpackedBin];
  const folders = name === "docker-compose" ? [...pluginFolders, ...onPath] : onPath;
  const names = fileNames[name] ?? [name];
  return folders.flatMap((folder) => names.map((each) => join(folder, each))).find(isRight[name] ?? isExecutable);
}

/** The path of a program that `describeWith` has found before. */
export function programPath(name: ProgramName): string {
  const path = findProgram(name);
  if (path === undefined)
    throw new Error(
      `${name} is not there (${packages[name].debian} in Debian, ${packages[name].homebrew} in Homebrew)`,
    );
  return path;
}

/** Programs that were only unpacked find their libraries there too. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const libraries = [join(unpackedFolder, "usr/lib", triplet), process.env.LD_LIBRARY_PATH ?? ""];
  return { ...process.env, LD_LIBRARY_PATH: libraries.filter((path) => path !== "").join(delimiter) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isCompose(path: string, version: RegExp): boolean {
  if (!isExecutable(path)) return false;
  const { stdout } = spawnSync(path, ["version", "--short"], { encoding: "utf8" });
  return version.test(stdout?.trim() ?? "");
}
