import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

export type ProgramName =
  | "git"
  | "docker-registry"
  | "skopeo"
  | "htpasswd"
  | "openssl"
  | "docker-compose"
  | "redis-server"
  | "ssh"
  | "sshd"
  | "script";

/** What the tests need besides Node, and the packages that bring it. */
export const packages: Readonly<Record<ProgramName, { readonly debian: string; readonly homebrew: string }>> = {
  git: { debian: "git", homebrew: "git" },
  "docker-registry": { debian: "docker-registry", homebrew: "distribution" },
  skopeo: { debian: "skopeo", homebrew: "skopeo" },
  htpasswd: { debian: "apache2-utils", homebrew: "httpd" },
  openssl: { debian: "openssl", homebrew: "openssl" },
  "docker-compose": { debian: "docker-compose", homebrew: "docker-compose" },
  "redis-server": { debian: "redis-server", homebrew: "redis" },
  ssh: { debian: "openssh-client", homebrew: "openssh" },
  sshd: { debian: "openssh-server", homebrew: "openssh" },
  script: { debian: "bsdutils", homebrew: "util-linux" },
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

/** The path of a program that can be run; undefined: it is not there. */
export function findProgram(name: ProgramName): string | undefined {
  const onPath = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/opt/homebrew/bin", ...unpackedBin];
  // Homebrew's `distribution` calls the registry `registry`.
  const names = name === "docker-registry" ? [name, "registry"] : [name];
  const folders = name === "docker-compose" ? [...pluginFolders, ...onPath] : onPath;
  const isRight = name === "docker-compose" ? isComposeV2 : isExecutable;
  return folders.flatMap((folder) => names.map((each) => join(folder, each))).find(isRight);
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

/** The plug-in of V2 runs by itself: `docker-compose config`. V1 is another program of the same name. */
function isComposeV2(path: string): boolean {
  if (!isExecutable(path)) return false;
  const { stdout } = spawnSync(path, ["version", "--short"], { encoding: "utf8" });
  return /^v?[2-9]/.test(stdout?.trim() ?? "");
}
