import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { bareRepository, gitRepository } from "../test/parties/git.ts";
import { emptyFolder, talosProgram } from "./contestants.ts";
import { fixtureManifest, fixtureTags, repositoryName } from "./fixture-images.ts";
import { processorMilliseconds, residentMegabytes } from "./process-figures.ts";
import { startRegistry } from "./start-registry.ts";

const sourceCount = 50;
const referencesPerSource = 20;
const imageCount = 100;
const delaySeconds = 20;
const idleSeconds = 30;

/** What it costs to watch 50 repositories of 20 references each while nothing is new. */
export interface Watching {
  /** From the start of the program. */
  readonly firstScanSeconds: number;
  readonly allScannedSeconds: number;
  /** The second scan of everything. */
  readonly second: {
    readonly gitCalls: number;
    readonly registryRequests: number;
    /** Without what git takes. */
    readonly processorMilliseconds: number;
  };
  /** Afterwards, with nothing to do. */
  readonly memoryMegabytes: number;
}

export async function measureWatching(): Promise<Watching> {
  const folder = emptyFolder();
  await using registry = await startRegistry({ repositories: imageCount, delayMs: 5 });
  const sources = await makeSources(folder, registry.host);
  const traces = join(folder, "traces");
  await mkdir(traces);
  await writeFile(join(folder, "talos.json"), JSON.stringify(settings(folder, sources)));
  const started = performance.now();
  const child = spawn(process.execPath, [talosProgram, "run"], {
    cwd: folder,
    env: { ...process.env, GIT_TRACE2_EVENT: traces, GIT_CONFIG_GLOBAL: "/dev/null" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = once(child, "exit").then(([status]) => {
    if (status !== 0) throw new Error(`talos run ended with status ${status}`);
  });
  const until = (holds: () => boolean | Promise<boolean>) => Promise.race([wait(holds), exited]);
  const finished: number[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.includes('"scan-finished"')) finished.push((performance.now() - started) / 1000);
    else if (/"level":[45]0|"scan-failed"/.test(line)) console.log(line);
  });
  await until(() => finished.length === sourceCount);
  await registry.counts();
  const [before, processorBefore] = [await countCalls(traces), await processorMilliseconds(child.pid)];
  await until(async () => (await countCalls(traces)) >= before + sourceCount);
  await delay(1000);
  const second = {
    gitCalls: (await countCalls(traces)) - before,
    registryRequests: (await registry.counts()).requests,
    processorMilliseconds: (await processorMilliseconds(child.pid)) - processorBefore,
  };
  await delay(idleSeconds * 1000);
  const memoryMegabytes = await residentMegabytes(child.pid);
  child.kill("SIGTERM");
  await exited;
  await rm(folder, { recursive: true });
  const [firstScanSeconds = Number.NaN, ...others] = finished;
  return { firstScanSeconds, allScannedSeconds: others.at(-1) ?? Number.NaN, second, memoryMegabytes };
}

function settings(folder: string, sources: readonly string[]): object {
  return {
    GitSettings: { WorkDirectory: join(folder, "work") },
    ImageUpdateSettings: {
      Schedule: { DelaySeconds: delaySeconds },
      Repositories: sources.map((Url) => ({ Url })),
    },
  };
}

async function makeSources(folder: string, host: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let index = 0; index < sourceCount; index += 1) {
    await using clone = await gitRepository({ "web/compose.yml": composeFile(host, index) });
    paths.push(await bareRepository(folder, `source-${index}`, clone));
  }
  return paths;
}

/** Everything is current. */
function composeFile(host: string, source: number): string {
  const tag = fixtureTags.at(-1) ?? "";
  const services = Array.from({ length: referencesPerSource }, (_, index) => {
    const repository = repositoryName((source * referencesPerSource + index) % imageCount);
    const { digest } = fixtureManifest(repository, tag);
    return `  service-${index}:\n    image: ${host}/${repository}:${tag}@${digest}\n    x-tl: ^!\n`;
  });
  return `services:\n${services.join("")}`;
}

/** Calls of git by Talos itself; the id of one that git made holds a `/`. */
async function countCalls(traces: string): Promise<number> {
  const texts = (await readdir(traces)).map((name) => readFile(join(traces, name), "utf8"));
  return (await Promise.all(texts)).filter((text) => /^\{[^}]*"sid":"[^"/]+"/.test(text)).length;
}

async function wait(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(100);
}
