import { expect } from "vitest";
import { type FakeForge, type KeptRequest, startFakeForge, token } from "../forges/fake-forge.ts";
import type { ForgeKind } from "../forges/forges.ts";
import { runTestGit } from "../parties/git.ts";
import { gitServer } from "../parties/git-server.ts";
import type { RunningDaemon } from "./run-daemon.ts";
import { openWorld, type WatchedRepository, type World } from "./world.ts";

/** A world whose repository is on a forge: git over HTTP, and the API of that kind, both with the same token. */
export interface ForgeWorld extends AsyncDisposable {
  readonly world: World;
  readonly forge: FakeForge;
  readonly repository: WatchedRepository;
  /** Of the git server, and the repository's path there. */
  readonly place: { readonly origin: string; readonly path: string };
  /** The image that its `compose.yml` begins with. */
  readonly first: string;
  /** Pushes an image with that tag. */
  release(version: string): Promise<void>;
  /** Watches the repository, with a scan every second. */
  daemon(repositorySettings?: object, settings?: object): Promise<RunningDaemon>;
  /** The commit of a branch; undefined: there is none. */
  tip(branch: string): Promise<string | undefined>;
  /** What stands in the file of that branch. */
  image(branch: string): Promise<string>;
  /** The branch of the `index`th request, which is there by now. */
  request(index: number): KeptRequest;
  /** A commit of a person on a branch. */
  push(branch: string, files: Readonly<Record<string, string>>): Promise<string>;
  /** Waits until the source has been scanned so many times more. */
  scans(count: number): Promise<void>;
  waitFor(what: () => unknown): Promise<void>;
}

const composeFile = "compose.yml";
const patience = { timeout: 20_000, interval: 50 };

export async function openForgeWorld({ type, api, path }: ForgeKind): Promise<ForgeWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld());
  const forge = stack.use(await startFakeForge(api));
  const server = stack.use(await gitServer(world.folder.path, { username: "talos", password: token }));
  const { host } = world.registry;
  const name = type === "GitLab" ? "group/sub/project" : "home/project";
  const release = (version: string) => world.registry.push({ repository: "web", tags: [version], content: version });
  const first = `${host}/web:1.0.0@${(await release("1.0.0")).digest}`;
  const repository = await world.repository(name, { [composeFile]: composeText(first) });
  const root = type === "GitHub" ? "/api/v3" : path.startsWith("/git/") ? "/git" : "";
  const parts = stack.move();
  const waitFor = async (what: () => unknown) => {
    await expect.poll(async () => Boolean(await what()), patience).toBe(true);
  };
  const countScans = () =>
    server.requests.filter(
      ({ line, authorization }) => authorization !== undefined && line.endsWith("service=git-upload-pack"),
    ).length;
  return {
    world,
    forge,
    repository,
    place: { origin: server.url, path: name },
    first,
    release: async (version) => {
      await release(version);
    },
    waitFor,
    daemon: (repositorySettings = {}, settings = {}) =>
      world.daemon({
        ...settings,
        RegistrySettings: { Domains: { [host]: { Insecure: true } }, CacheDuration: "1s" },
        ImageUpdateSettings: {
          Schedule: { Type: "Delay", DelaySeconds: 1 },
          Hosts: { forge: { Type: type, Name: "Talos", Username: "talos", Token: token, ApiUrl: forge.origin + root } },
          Repositories: [
            {
              Url: `${server.url}/${name}.git`,
              Host: "forge",
              CreateMergeRequestsForPushes: true,
              ...repositorySettings,
            },
          ],
        },
      }),
    tip: (branch) => runTestGit(repository.path, "rev-parse", "--verify", "--quiet", branch).catch(() => undefined),
    image: async (branch) => {
      const text = await runTestGit(repository.path, "show", `${branch}:${composeFile}`);
      return /image: \S+\/(\S+?)(@\S+)?$/m.exec(text)?.[1] ?? text;
    },
    request: (index) => {
      const request = forge.kept[index];
      if (request === undefined) throw new Error(`there is no request ${index}`);
      return request;
    },
    push: async (branch, files) => {
      const { clone } = repository;
      await clone.git("fetch", "--quiet", "origin");
      await clone.git("checkout", "--quiet", "-B", "work", `origin/${branch}`);
      const commit = await clone.commit(files, "By hand");
      await clone.git("push", "--quiet", "origin", `work:${branch}`);
      return commit;
    },
    scans: async (count) => {
      const wanted = countScans() + count;
      await waitFor(() => countScans() >= wanted);
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

export function composeText(image: string, extra = ""): string {
  return `services:\n  web:\n    image: ${image}\n    x-tl: ^!\n${extra}`;
}
