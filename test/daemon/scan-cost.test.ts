import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { flakyProxy } from "../parties/flaky-proxy.ts";
import { gitServer } from "../parties/git-server.ts";
import { openWorld } from "./world.ts";

const names = ["a", "b", "c", "d", "e", "f"];
const images = Array.from({ length: 20 }, (_, index) => `team/app-${index}`);

describeWith(["git", "docker-registry"], "a scan that finds nothing new", () => {
  test("costs one ls-remote a repository and asks no registry, also after a restart.", {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld();
    await using proxy = await flakyProxy(world.registry.url);
    const pushed = await Promise.all(
      images.map(async (repository) => ({
        repository,
        digest: (await world.registry.push({ repository, tags: ["1.4.2"], content: repository })).digest,
      })),
    );
    const services = pushed.map(
      ({ repository, digest }, index) =>
        `  app-${index}:\n    image: ${proxy.host}/${repository}:1.4.2@${digest}\n    x-tl: ^!\n`,
    );
    for (const name of names) await world.repository(name, { "compose.yml": `services:\n${services.join("")}` });
    await using server = await gitServer(world.folder.path);
    const settings = {
      RegistrySettings: { CacheDuration: "1h", Domains: { [proxy.host]: { Insecure: true } } },
      ImageUpdateSettings: { Repositories: names.map((name) => ({ Url: `${server.url}/${name}.git` })) },
    };
    const run = async (folder: string) => {
      const traces = join(world.folder.path, folder);
      await mkdir(traces);
      const daemon = await world.daemon(settings, { environment: { GIT_TRACE2_EVENT: traces } });
      return { daemon, calls: () => callsOfGit(traces) };
    };
    const first = await run("first");
    const isScanned = () => first.daemon.lines.filter(({ kind }) => kind === "scan-finished").length;
    await expect.poll(isScanned, { timeout: 30_000 }).toBe(names.length);
    expect(await first.daemon.stop()).toBe(0);
    expect(proxy.log.length).toBeGreaterThanOrEqual(images.length);

    proxy.log.length = 0;
    server.requests.length = 0;
    const second = await run("second");
    await expect.poll(second.calls, { timeout: 30_000 }).toHaveLength(names.length);
    expect(await second.daemon.stop()).toBe(0);
    expect(await second.calls()).toEqual(names.map(() => "ls-remote"));
    expect(proxy.log).toEqual([]);
    const greetings = server.requests.filter(({ line }) => line.includes("/info/refs?")).map(({ line }) => line);
    expect(greetings.toSorted()).toEqual(names.map((name) => `GET /${name}.git/info/refs?service=git-upload-pack`));
  });
});

/** What Talos has asked of git and got an answer to; the id of what a git starts itself has a `/` in it. */
async function callsOfGit(traces: string): Promise<readonly string[]> {
  const texts = await Promise.all((await readdir(traces)).map((name) => readFile(join(traces, name), "utf8")));
  return texts
    .filter((text) => /"event":"exit","sid":"[^"/]+"/.test(text))
    .flatMap((text) => /"event":"cmd_name","sid":"[^"/]+".*"name":"([^"]+)"/.exec(text)?.[1] ?? []);
}
