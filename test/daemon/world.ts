import { join } from "node:path";
import { type DockerRegistry, dockerRegistry, type RegistryOptions } from "../parties/docker-registry.ts";
import { bareRepository, type GitRepository, gitRepository, runTestGit } from "../parties/git.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";
import { talosUser } from "../run-talos.ts";
import { type RunningDaemon, runDaemon } from "./run-daemon.ts";

/** A registry, bare repositories and a person whose Talos watches them. */
export interface World extends AsyncDisposable {
  readonly registry: DockerRegistry;
  readonly folder: TemporaryFolder;
  readonly environment: Readonly<Record<string, string>>;
  /** A bare repository with these files on `main`. */
  repository(name: string, files: Readonly<Record<string, string>>): Promise<WatchedRepository>;
  /** Starts `talos run` in a folder of its own inside of the world's, with this configuration. */
  daemon(settings: object, start?: DaemonOptions): Promise<RunningDaemon>;
  /** `talos <args>` beside a daemon of that name. */
  talos(
    args: readonly string[],
    name?: string,
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ status: number | null; stdout: string; stderr: string }>;
}

interface DaemonOptions {
  /** Names the folder of its configuration and data; the same name again finds what was left there. */
  readonly name?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** How long `waitFor` waits. */
  readonly patienceMs?: number;
}

export interface WatchedRepository {
  /** Of the bare repository. */
  readonly path: string;
  /** A clone that a person works in. */
  readonly clone: GitRepository;
  /** A file on `main` now. */
  read(file: string): Promise<string>;
  /** Commits on `main`, the newest first. */
  commits(): Promise<readonly { readonly id: string; readonly author: string; readonly message: string }[]>;
}

export async function openWorld(options?: RegistryOptions): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const registry = stack.use(await dockerRegistry(options));
  const folder = stack.use(await temporaryFolder());
  const user = stack.use(await talosUser());
  const parts = stack.move();
  const folderOf = (name: string) => join(folder.path, name);
  return {
    registry,
    folder,
    environment: user.environment,
    async repository(name, files) {
      const clone = parts.use(await gitRepository(files));
      const path = await bareRepository(folder.path, name, clone);
      await clone.git("remote", "add", "origin", path);
      return watched(path, clone);
    },
    async daemon(settings, { name = "talos", environment = {}, patienceMs } = {}) {
      await folder.write({ [`${name}/talos.json`]: JSON.stringify(withLoopback(settings, registry.host), null, 2) });
      return parts.use(
        runDaemon({ folder: folderOf(name), environment: { ...user.environment, ...environment }, patienceMs }),
      );
    },
    talos: (args, name = "talos", environment = {}) => user.run(args, { cwd: folderOf(name), environment }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** The world's registry speaks plain HTTP; its daemons, of which there are many, serve none, unless a test wants it. */
function withLoopback(settings: object, host: string): object {
  return {
    GitSettings: { WorkDirectory: "./work" },
    ApiSettings: { Enabled: "false" },
    ...settings,
    RegistrySettings: {
      Domains: { [host]: { Insecure: true } },
      ...("RegistrySettings" in settings ? Object(settings.RegistrySettings) : {}),
    },
  };
}

function watched(path: string, clone: GitRepository): WatchedRepository {
  return {
    path,
    clone,
    read: (file) => runTestGit(path, "show", `main:${file}`),
    async commits() {
      const text = await runTestGit(path, "log", "--format=%H%x00%an%x00%B%x01", "main");
      return text
        .split("\u0001")
        .map((entry) => entry.trim().split("\0"))
        .flatMap(([id = "", author = "", message = ""]) => (id === "" ? [] : [{ id, author, message }]));
    },
  };
}
