import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type FlakyProxy, flakyProxy } from "../../parties/flaky-proxy.ts";
import { runTestGit } from "../../parties/git.ts";
import { type GitServer, gitServer } from "../../parties/git-server.ts";
import type { RunningDaemon } from "../run-daemon.ts";
import type { World } from "../world.ts";
import { checkLane } from "./check-lane.ts";
import { type Life, undisturbed } from "./death.ts";
import { gitWrapper } from "./git-wrapper.ts";
import { readHistory } from "./history.ts";
import { isFree, laneStore, readEvents, readLeftovers } from "./lane-store.ts";
import { redisProxy } from "./redis-proxy.ts";
import { openReleases, type Releases } from "./releases.ts";

/** One repository with its own images, and daemons that watch it one after the other. */
export interface Lane {
  readonly releases: Releases;
  /** What was done, for a report of a failure. */
  readonly steps: readonly LivedLife[];
  /** Starts a daemon and lets it live this life. */
  live(life: Life): Promise<LivedLife>;
  /** Lets a last daemon finish everything, ends it, and tells what is not as it should be, a line each. */
  finish(): Promise<readonly string[]>;
}

export interface LivedLife {
  readonly life: Life;
  /** `killed`: as it was to be; `settled`: everything was delivered before that; `over`: its time was. */
  readonly end: "killed" | "settled" | "over";
  readonly gitCalls: number;
  readonly registryRequests: number;
  readonly redisMessages: number;
}

export interface LaneOptions {
  readonly name: string;
  /** Of a Redis server of the lane's own; undefined: SQLite. */
  readonly redisPort?: number;
  readonly isOverHttp?: boolean;
  readonly throttle?: { readonly limit: number; readonly perSeconds: number };
  readonly cooldownSeconds?: number;
}

const pollMs = 60;
/** From when it runs; a machine with much else to do starts it late. */
const lifeMs = { sqlite: 8000, redis: 25_000 };
const startMs = 60_000;
const finishMs = 90_000;
const leaseMs = 15_000;

export async function openLane(world: World, parts: AsyncDisposableStack, options: LaneOptions): Promise<Lane> {
  const { name, redisPort, isOverHttp = false, throttle, cooldownSeconds = 0 } = options;
  const releases = await openReleases(world.registry, name);
  const repository = await world.repository(`${name}-repository`, releases.files());
  await runTestGit(repository.path, "config", "gc.auto", "0");
  const registry: FlakyProxy = parts.use(await flakyProxy(world.registry.url));
  const redis = redisPort === undefined ? undefined : parts.use(await redisProxy(redisPort));
  const server: GitServer | undefined = isOverHttp ? parts.use(await gitServer(world.folder.path)) : undefined;
  const git = await gitWrapper(world.folder, `${name}-git`, repository.clone.path);
  const endpoint = (port: number) => `127.0.0.1:${port}`;
  const open = laneStore(join(world.folder.path, name), redisPort === undefined ? undefined : endpoint(redisPort));
  const url = server === undefined ? repository.path : `${server.url}/${name}-repository.git`;
  const settings = {
    ImageUpdateSettings: {
      Schedule: { Type: "Delay", DelaySeconds: 1 },
      Repositories: [{ Url: url, CooldownSeconds: cooldownSeconds }],
    },
    RegistrySettings: {
      CacheDuration: "0s",
      Domains: { [world.registry.host]: { Endpoint: registry.url, Insecure: true } },
    },
    UpdateThrottlingSettings: {
      QueuePollingFrequencyInSeconds: 1,
      Domains:
        throttle === undefined ? {} : { [world.registry.host]: { Limit: throttle.limit, Per: throttle.perSeconds } },
    },
    CommandSettings: { DefaultTimeoutSeconds: isOverHttp ? 3 : 60 },
    ...(redis === undefined ? {} : { RedisSettings: { Endpoint: endpoint(redis.port) } }),
  };
  const steps: LivedLife[] = [];
  const heads = new Set<string>();
  let seen: { readonly head: string; readonly isNewest: boolean; readonly version: number } | undefined;

  return {
    releases,
    steps,
    async live(life) {
      const number = steps.length + 1;
      const daemon = await start(number, life);
      const end = await Promise.race([
        daemon.ended.then(() => "killed" as const),
        untilSettled(lifeMs[redis === undefined ? "sqlite" : "redis"], daemon),
      ]);
      await daemon.running.kill();
      checkDaemon(daemon.running);
      heads.add(await readHead());
      const lived: LivedLife = {
        life,
        end,
        gitCalls: await git.calls(number),
        registryRequests: registry.log.length - daemon.requestsBefore,
        redisMessages: redis?.messages ?? 0,
      };
      steps.push(lived);
      return lived;
    },
    async finish() {
      await git.releaseAll();
      const daemon = await start(steps.length + 1, undisturbed);
      const end = await untilSettled(finishMs, daemon);
      const source = (await readEvents(open)).find((event) => event.source !== undefined)?.source ?? "";
      const isLeaseFree = await untilFree(`deliver ${source}`);
      const status = await daemon.running.stop();
      checkDaemon(daemon.running);
      const history = await readHistory(repository.path);
      const events = await readEvents(open);
      return [
        ...(end === "settled" ? [] : ["not everything was delivered in the end"]),
        ...(isLeaseFree ? [] : [`the lease of ${source} is still held`]),
        ...(status === 0 ? [] : [`the last daemon ended with ${status}`]),
        ...(await readLeftovers(open)),
        ...checkLane({
          releases,
          history,
          events,
          heads: [...heads],
          throttle,
          cooldownSeconds,
        }),
      ];
    },
  };

  async function start(number: number, life: Life) {
    const { death, fault } = life;
    const environment = {
      ...(await git.environment(number, life)),
      ...(death?.at === "store" && redis === undefined ? dieAtWrite(death.moment, death.step) : {}),
    };
    const requestsBefore = registry.log.length;
    const gitRequestsBefore = server?.requests.length ?? 0;
    const running = await world.daemon(settings, { name, environment });
    const kill = () => void running.child.kill("SIGKILL");
    await git.begin(number, running.child.pid);
    redis?.arm(death?.at === "store" ? { ...death, kill } : undefined);
    let requests = 0;
    registry.change({
      answer: () => {
        requests += 1;
        if (death?.at !== "registry" || requests !== death.step) return undefined;
        kill();
        return "close";
      },
    });
    if (server !== undefined)
      Object.defineProperty(server, "fault", {
        configurable: true,
        get: () => {
          const request = server.requests.length - gitRequestsBefore;
          return fault !== undefined && request >= fault.from && request <= fault.to ? fault.kind : undefined;
        },
      });
    const timer = death?.at === "time" ? setTimeout(kill, death.delayMs) : undefined;
    const ended = new Promise<void>((resolve) => running.child.once("close", () => resolve()));
    void ended.then(() => clearTimeout(timer));
    return { running, ended, requestsBefore };
  }

  async function untilSettled(withinMs: number, { running }: { readonly running: RunningDaemon }) {
    const hasBegun = () => running.lines.some(({ msg }) => msg.startsWith("talos runs"));
    let end = performance.now() + startMs;
    let isRunning = false;
    while (performance.now() < end && running.child.signalCode === null && running.child.exitCode === null) {
      if (!isRunning && hasBegun()) {
        isRunning = true;
        end = performance.now() + withinMs;
      }
      if (isRunning && (await isSettled())) return "settled" as const;
      await delay(pollMs);
    }
    return running.child.signalCode === null ? ("over" as const) : ("killed" as const);
  }

  /** A dead process keeps its lease for up to 15 seconds in Redis, and not at all in SQLite. */
  async function untilFree(lease: string): Promise<boolean> {
    const end = performance.now() + (redis === undefined ? 0 : leaseMs);
    for (;;) {
      if (await isFree(open, lease)) return true;
      if (performance.now() >= end) return false;
      await delay(pollMs);
    }
  }

  async function isSettled(): Promise<boolean> {
    const head = await readHead();
    const version = [...releases.published.values()].reduce((sum, { length }) => sum + length, 0);
    if (seen?.head !== head || seen.version !== version) {
      const text = await runTestGit(repository.path, "grep", "-h", "image:", head);
      seen = {
        head,
        version,
        isNewest: [...releases.published.keys()].every((one) => text.includes(releases.newest(one))),
      };
    }
    return seen.isNewest && (await readLeftovers(open)).length === 0;
  }

  async function readHead(): Promise<string> {
    return (await readFile(join(repository.path, "refs/heads/main"), "utf8")).trim();
  }
}

function dieAtWrite(moment: string, step: number): Readonly<Record<string, string>> {
  const preloaded = pathToFileURL(join(import.meta.dirname, "die-at-write.ts")).href;
  return { NODE_OPTIONS: `--import=${preloaded}`, TALOS_DIE_AT_WRITE: `${moment} ${step}` };
}

/** It ends when it is killed, and not by itself; and whatever it meets, it knows what that is. */
function checkDaemon({ child, other, lines }: RunningDaemon): void {
  const faults = lines.filter(({ level, msg }) => level >= 50 && /fault of Talos/.test(msg));
  if (child.signalCode === "SIGKILL" || child.exitCode === 0) if (other.length === 0 && faults.length === 0) return;
  const said = [...other, ...lines.slice(-20).map((line) => JSON.stringify(line))].join("\n");
  throw new Error(`talos run ended with ${child.signalCode ?? child.exitCode}, and said:\n${said}`);
}
