import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "../test/parties/free-port.ts";
import { bareRepository, gitRepository } from "../test/parties/git.ts";
import { emptyFolder, talosProgram } from "./contestants.ts";
import { fixtureManifest, fixtureTags, repositoryName } from "./fixture-images.ts";
import { followEvents } from "./follow-events.ts";
import { type LoadOutcome, offerLoad } from "./offer-load.ts";
import { residentMegabytes } from "./process-figures.ts";
import { startRegistry } from "./start-registry.ts";

const references = 1000;
const imageCount = 100;
const streams = 200;
const perSecond = 500;
const warmUpSeconds = 20;
const seconds = 60;
const sampleSeconds = 5;
/** Each takes about a second beside the requests. */
const scanEverySeconds = 20;

const paths = [
  "/api/v1/session",
  "/api/v1/sources",
  "/api/v1/references?limit=100",
  "/api/v1/updates",
  "/api/v1/queue",
  "/api/v1/dead-letters",
  "/api/v1/events?limit=50",
  "/api/v1/hosts",
];

export interface Serving extends LoadOutcome {
  readonly streams: number;
  /** Events that every stream has seen; undefined: some saw more than others. */
  readonly eventsEach: number | undefined;
  readonly scans: number;
  /** After the warming up, every few seconds. */
  readonly memoryMegabytes: readonly number[];
}

/** The API under load, while everything is scanned now and then. */
export async function measureHttp(): Promise<Serving> {
  const folder = emptyFolder();
  await using registry = await startRegistry({ repositories: imageCount, delayMs: 5 });
  await using clone = await gitRepository({ "compose.yml": composeFile(registry.host) });
  const port = await freePort();
  await writeFile(
    join(folder, "talos.json"),
    JSON.stringify(settings(folder, await bareRepository(folder, "infra", clone), port)),
  );
  const child = spawn(process.execPath, [talosProgram, "run"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit").then(([status]) => {
    if (status !== 0) throw new Error(`talos run ended with status ${status}`);
  });
  let isScanned = false;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    isScanned ||= text.includes('"scan-finished"');
    for (const line of text.split("\n")) if (/"level":[45]0|"scan-failed"|^[^{]/.test(line)) console.log(line);
  });
  while (!isScanned) await Promise.race([delay(100), exited]);
  const url = `http://127.0.0.1:${port}`;
  const token = await createToken(folder);
  using followers = await followEvents(url, token, streams);
  await offerLoad({ url, token, paths, perSecond, seconds: warmUpSeconds });
  let scans = 0;
  const scan = async () => {
    const { ok } = await fetch(`${url}/api/v1/operations/scan`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: "{}",
    });
    if (ok) scans += 1;
  };
  const scanning = setInterval(() => void scan(), scanEverySeconds * 1000);
  const memoryMegabytes: number[] = [];
  const sampling = setInterval(
    () => void residentMegabytes(child.pid).then((megabytes) => memoryMegabytes.push(megabytes)),
    sampleSeconds * 1000,
  );
  const outcome = await offerLoad({ url, token, paths, perSecond, seconds });
  clearInterval(sampling);
  clearInterval(scanning);
  const errors = [...outcome.errors, ...followers.errors];
  const finished = scans;
  await delay(1000);
  const [first, ...others] = new Set(followers.seen);
  child.kill("SIGTERM");
  await exited;
  await rm(folder, { recursive: true });
  const eventsEach = others.length === 0 ? first : undefined;
  return { ...outcome, errors, streams, eventsEach, scans: finished, memoryMegabytes };
}

function settings(folder: string, url: string, port: number): object {
  return {
    ApiSettings: { Port: port },
    GitSettings: { WorkDirectory: join(folder, "work") },
    RegistrySettings: { CacheDuration: "1s" },
    ImageUpdateSettings: { Schedule: { DelaySeconds: 3600 }, Repositories: [{ Url: url }] },
  };
}

/** Half of them are current; of the others people are asked. */
function composeFile(host: string): string {
  const services = Array.from({ length: references }, (_, index) => {
    const repository = repositoryName(index % imageCount);
    const tag = (index % 2 === 0 ? fixtureTags.at(-1) : fixtureTags[0]) ?? "";
    return `  service-${index}:\n    image: ${host}/${repository}:${tag}@${fixtureManifest(repository, tag).digest}\n    x-tl: ^\n`;
  });
  return `services:\n${services.join("")}`;
}

async function createToken(folder: string): Promise<string> {
  const args = [talosProgram, "token", "create", "bench", "--access", "operate"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  const [token] = /[\w-]{43}/.exec(stdout) ?? [];
  if (token === undefined) throw new Error(`no token in ${stdout}`);
  return token;
}
