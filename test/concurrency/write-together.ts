// Several `talos run`, each with a store and a work folder of its own, and a person push to one branch. Each Talos has its
// own folder of services; their releases appear in rounds, the next one when the last has been delivered, so that all are
// at work at the same time from the beginning to the end.
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { TalosEvent } from "../../src/events/event.ts";
import { openEvents } from "../../src/events/events.ts";
import { callOperation } from "../../src/socket/call-operation.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { RunningDaemon } from "../daemon/run-daemon.ts";
import type { WatchedRepository, World } from "../daemon/world.ts";
import { personAtWork } from "./person-at-work.ts";

export interface WritersSetup {
  readonly writers: number;
  readonly rounds: number;
  readonly updatesPerRound: number;
  /** How long a writer waits before a round, on average; default: not at all. */
  readonly paceMs?: number;
}

export interface WritersOutcome {
  readonly repository: WatchedRepository;
  /** Of the person's commits, in their order. */
  readonly notes: readonly string[];
  /** Every service: the image that was released. */
  readonly released: ReadonlyMap<string, string>;
  /** Of all writers, in no order. */
  readonly events: readonly TalosEvent[];
}

interface Service {
  /** `w1-3`; also its repository in the registry. */
  readonly name: string;
  readonly file: string;
}

export async function writeTogether(world: World, setup: WritersSetup): Promise<WritersOutcome> {
  const writers = Array.from({ length: setup.writers }, (_, writer) => servicesOf(writer, setup));
  const files = await Promise.all(writers.map((services) => beginServices(services, world)));
  const repository = await world.repository("infra", Object.assign({ "README.md": "Ours.\n" }, ...files));
  const daemons = await Promise.all(writers.map((_, writer) => startWriter(writer, repository, world)));
  await Promise.all(daemons.map((daemon) => daemon.waitFor("a scan", ({ kind }) => kind === "scan-finished")));
  await using person = personAtWork(repository.clone);
  const released = await Promise.all(
    writers.map((services, writer) => release(services, setup, daemons[writer], dataOf(writer, world), world)),
  );
  const notes = await person.stop();
  for (const daemon of daemons) await daemon.stop();
  const events = await Promise.all(writers.map((_, writer) => readEvents(dataOf(writer, world))));
  return { repository, notes, released: new Map(released.flat()), events: events.flat() };
}

function servicesOf(writer: number, { rounds, updatesPerRound }: WritersSetup): readonly Service[] {
  return Array.from({ length: rounds * updatesPerRound }, (_, number) => ({
    name: `w${writer}-${number}`,
    file: `w${writer}/s${number}/compose.yml`,
  }));
}

async function beginServices(services: readonly Service[], { registry }: World) {
  const files: Record<string, string> = {};
  for (const { name, file } of services) {
    const { digest } = await registry.push({ repository: name, tags: ["1.0.0"], content: "old" });
    files[file] = `services:\n  ${name}:\n    image: ${registry.host}/${name}:1.0.0@${digest} # kept\n    x-tl: ^!\n`;
  }
  return files;
}

const nameOf = (writer: number) => `writer${writer}`;
const dataOf = (writer: number, { folder }: World) => join(folder.path, nameOf(writer), "data");

function startWriter(writer: number, { path }: WatchedRepository, world: World): Promise<RunningDaemon> {
  const glob = { DockerCompose: { IncludeGlobs: [`w${writer}/**/compose.yml`] } };
  const settings = { ImageUpdateSettings: { Repositories: [{ Url: path, Glob: glob }] } };
  return world.daemon(settings, { name: nameOf(writer), patienceMs: 110_000 });
}

async function release(
  services: readonly Service[],
  { updatesPerRound, paceMs }: WritersSetup,
  daemon: RunningDaemon | undefined,
  dataDirectory: string,
  { registry }: World,
): Promise<readonly (readonly [string, string])[]> {
  const images: (readonly [string, string])[] = [];
  for (let first = 0; first < services.length; first += updatesPerRound) {
    if (paceMs !== undefined) await delay(2 * paceMs * Math.random());
    for (const { name } of services.slice(first, first + updatesPerRound)) {
      const { digest } = await registry.push({ repository: name, tags: ["1.0.1"], content: "new" });
      images.push([name, `${registry.host}/${name}:1.0.1@${digest}`]);
    }
    await askScan(dataDirectory);
    const isThere = () => daemon?.lines.filter(({ kind }) => kind === "delivered").length === images.length;
    await daemon?.waitFor(`${images.length} deliveries`, isThere);
  }
  return images;
}

async function askScan(dataDirectory: string): Promise<void> {
  const call = callOperation({ dataDirectory, operation: "scan", values: {}, actor: "ada" });
  while ((await call.next()).done !== true);
}

async function readEvents(dataDirectory: string): Promise<readonly TalosEvent[]> {
  const store = openSqliteStore(join(dataDirectory, "talos.sqlite"));
  const logged = await openEvents(store).read(0, 100_000);
  await store.close();
  return logged.map(({ event }) => event);
}
