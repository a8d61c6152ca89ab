// `npm run bench [part …]`: how long things take, as ratios within one run, because machines differ. Parts: plan, many,
// http2, start, tags, queue, watch, writers, replicas, bot, webhook, tokens, http, page; and the peers that are compared with: renovate, skopeo,
// sockets.
// Default: all of them. A peer that is named alone brings the part it belongs to.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeCertificate } from "../test/parties/certificate.ts";
import { measureBot } from "./bot.ts";
import { measureTokens } from "./compare-tokens.ts";
import { emptyFolder, isBundle, type Scene, script, talosPlan } from "./contestants.ts";
import { longQueue, measureDecideQueue } from "./decide-queue.ts";
import { writeFixtureFolder } from "./fixture-folder.ts";
import type { FixtureSize } from "./fixture-images.ts";
import { measureHttp } from "./http.ts";
import { measureReplicas } from "./measure-replicas.ts";
import { measureRow, type Rows } from "./measure-row.ts";
import { measureStart } from "./measure-start.ts";
import { measureWriters } from "./measure-writers.ts";
import { installRenovate, renovate } from "./peers/renovate.ts";
import { printTable } from "./print-table.ts";
import { measureRankTags } from "./rank-tags.ts";
import { measureReserveRoom } from "./reserve-room.ts";
import { measureSearchUpdates } from "./search-updates.ts";
import { type FixtureRegistry, startRegistry } from "./start-registry.ts";
import { measureWatching } from "./watch.ts";
import { measureWebhook } from "./webhook.ts";

const delayMs = 50;
const small: FixtureSize = { repositories: 100, services: 1000 };
const large: FixtureSize = { repositories: 1000, services: 1000 };

const named = new Set(process.argv.slice(2));
const wants = (part: string) => named.size === 0 || named.has(part);

if (!isBundle) console.log("There is no bundle (npm run build): the sources are measured, which start slower.");
if (wants("plan") || wants("renovate") || wants("skopeo")) await planScene();
if (wants("many")) await manyScene();
if (wants("http2") || wants("sockets")) await http2Scene();
if (wants("tags")) printRanking();
if (wants("queue")) await printDeciding();
if (wants("watch")) await printWatching();
if (wants("writers")) await printWriters();
if (wants("replicas")) await printReplicas();
if (wants("bot")) await printBot();
if (wants("webhook")) await printWebhook();
if (wants("tokens")) await printTokens();
if (wants("http")) await printServing();
if (wants("page")) await printPage();
if (wants("start")) printTable("Starting", await measureStart());

function printRanking(): void {
  const { milliseconds, tags } = measureRankTags();
  console.log(`\nRanking ${tags.toLocaleString("en")} tags: ${milliseconds.toFixed(0)} ms (at most 100 ms)`);
}

async function printDeciding(): Promise<void> {
  const { milliseconds, entries } = measureDecideQueue();
  console.log(
    `\nDeciding a queue of ${entries.toLocaleString("en")} entries: ${milliseconds.toFixed(0)} ms (at most 50 ms)`,
  );
  const wholeMs = await measureReserveRoom(longQueue());
  console.log(`… with reading it from SQLite: ${wholeMs.toFixed(0)} ms (at most 300 ms)`);
}

async function printTokens(): Promise<void> {
  const { ratio, tokens } = await measureTokens();
  console.log(
    `\nRefusing a token that is nearly one of ${tokens}: ${ratio.toFixed(2)} times as long as one that is not (0.95 to 1.05)`,
  );
}

async function printPage(): Promise<void> {
  const { references, keys, medianMs, largestMs } = await measureSearchUpdates();
  console.log(`
The page, searching ${references.toLocaleString("en")} references: from a key to the painted rows
  ${medianMs.toFixed(0)} ms, of ${keys} keys at most ${largestMs.toFixed(0)} ms (100 ms)`);
}

async function printBot(): Promise<void> {
  const { completion, memoryMegabytes } = await measureBot();
  const added = memoryMegabytes.with - memoryMegabytes.without;
  console.log(`
The bot in Discord
  completion with 500 containers: ${completion.median.toFixed(1)} ms, 95th percentile ${completion.percentile95.toFixed(1)} ms, at most ${completion.largest.toFixed(1)} ms (50 ms)
  idle: ${memoryMegabytes.with.toFixed(0)} MB; without a token ${memoryMegabytes.without.toFixed(0)} MB, so it adds ${added.toFixed(0)} MB (at most 60 MB)`);
}

async function printWebhook(): Promise<void> {
  const { pushes, services, medianSeconds, percentile95Seconds, longestSeconds } = await measureWebhook();
  console.log(
    `\n${pushes} webhooks of a registry, one after the other, for a repository of ${services} services, to the pushed commit:`,
  );
  console.log(
    `95 of 100 within ${percentile95Seconds.toFixed(2)} s (at most 5 s), half within ${medianSeconds.toFixed(2)} s, all within ${longestSeconds.toFixed(2)} s`,
  );
}

async function printServing(): Promise<void> {
  const { requests, errors, milliseconds, streams, eventsEach, scans, memoryMegabytes } = await measureHttp();
  const { median, percentile95, largest } = milliseconds;
  console.log(`
The API: ${requests.toLocaleString("en")} requests in a minute, ${streams} event streams, ${scans} scans of 1,000 references beside
  95 of 100 within ${percentile95.toFixed(0)} ms (at most 100 ms), half within ${median.toFixed(1)} ms, all within ${largest.toFixed(0)} ms
  errors: ${errors.length === 0 ? "none" : errors.join("; ")}; every stream saw ${eventsEach === undefined ? "something else" : `the same ${eventsEach} events`}
  memory: ${memoryMegabytes.map((megabytes) => megabytes.toFixed(0)).join(", ")} MB`);
}

async function printWatching(): Promise<void> {
  const { firstScanSeconds, allScannedSeconds, second, memoryMegabytes } = await measureWatching();
  console.log(`
talos run with 50 repositories of 20 references each
  the first is scanned after ${firstScanSeconds.toFixed(1)} s, all after ${allScannedSeconds.toFixed(1)} s
  everything again: ${second.gitCalls} calls of git (50), ${second.registryRequests} requests to the registry (0), ${second.processorMilliseconds} ms of the processor
  idle: ${memoryMegabytes.toFixed(0)} MB (at most 120 MB)`);
}

async function printWriters(): Promise<void> {
  const figures = await measureWriters();
  const { writers, updates, notes, medianSeconds, percentile95Seconds, longestSeconds } = figures;
  console.log(
    `\n${writers} Talos and a person (${notes} commits) on one branch, ${updates} updates, from queued to pushed:`,
  );
  console.log(
    `95 of 100 within ${percentile95Seconds.toFixed(2)} s (at most 5 s), half within ${medianSeconds.toFixed(2)} s, all within ${longestSeconds.toFixed(2)} s`,
  );
}

async function printReplicas(): Promise<void> {
  const { repositories, delayMs, one, three } = await measureReplicas();
  console.log(`\nScans of ${repositories} repositories on one Redis, ${delayMs} ms per answer of the registry:`);
  console.log(`one Talos ${one.toFixed(1)} a second, three ${three.toFixed(1)}: ${(three / one).toFixed(2)} × as many`);
}

async function planScene(): Promise<void> {
  await withScene(small, undefined, async (scene, registry) => {
    const rows = [await bare(scene, registry), ...(await talosRows(scene, registry))];
    if (wants("skopeo"))
      rows.push(await measureRow("skopeo, four at a time", () => script("peers/skopeo.ts", scene), registry));
    if (wants("renovate")) {
      const complaint = installRenovate();
      if (complaint === undefined) rows.push(await measureRow("renovate", () => renovate(scene), registry));
      else console.log(`renovate could not be installed: ${complaint}`);
    }
    printTable("1,000 services, 100 repositories, 50 tags each, 50 ms per answer, HTTP/1.1", rows.flat());
  });
}

async function manyScene(): Promise<void> {
  await withScene(large, undefined, async (scene, registry) => {
    const rows = [await bare(scene, registry), ...(await talosRows(scene, registry))];
    printTable("1,000 services, 1,000 repositories, HTTP/1.1", rows.flat());
  });
}

async function http2Scene(): Promise<void> {
  const folder = emptyFolder();
  const certificate = await makeCertificate(folder, "bench");
  await withScene(large, certificate, async (scene, registry) => {
    const rows = [await bare(scene, registry), ...(await talosRows(scene, registry))];
    if (wants("sockets"))
      rows.push(
        await measureRow("1,000 sockets (HTTPS/1.1)", () => script("peers/thousand-sockets.ts", scene), registry),
      );
    printTable("1,000 services, 1,000 repositories, HTTPS: HTTP/2 offered, bare requests over HTTP/1.1", rows.flat());
  });
  await rm(folder, { recursive: true });
}

async function withScene(
  size: FixtureSize,
  certificate: { readonly certFile: string; readonly keyFile: string } | undefined,
  run: (scene: Scene, registry: FixtureRegistry) => Promise<void>,
): Promise<void> {
  const folder = emptyFolder();
  await using registry = await startRegistry({ repositories: size.repositories, delayMs, certificate });
  await writeFixtureFolder(folder, registry.host, size);
  if (certificate !== undefined) await writeTlsConfig(folder, registry.host, certificate.certFile);
  await run({ host: registry.host, folder, size, caFile: certificate?.certFile }, registry);
  await rm(folder, { recursive: true });
}

async function writeTlsConfig(folder: string, host: string, caFile: string): Promise<void> {
  const settings = { RegistrySettings: { Domains: { [host]: { CaFile: caFile } } } };
  await writeFile(join(folder, "talos.json"), `${JSON.stringify(settings, undefined, 2)}\n`);
}

function bare(scene: Scene, registry: FixtureRegistry): Promise<Rows> {
  return measureRow("bare requests, 16 at a time", () => script("bare-requests.ts", scene), registry, 3);
}

async function talosRows(scene: Scene, registry: FixtureRegistry): Promise<readonly Rows[]> {
  const cold = await measureRow("talos plan", () => talosPlan(scene), registry, 3);
  for (const { measured } of cold) checkPlan(measured.output, scene.size);
  const cache = emptyFolder();
  const filling = await measureRow("talos plan", () => talosPlan(scene, cache), registry);
  const warm =
    filling.length === 0 ? [] : await measureRow("… from a warm cache", () => talosPlan(scene, cache), registry, 3);
  await rm(cache, { recursive: true });
  return [cold, warm];
}

/** A plan that decided nothing would be fast too. */
function checkPlan(output: string, { services }: FixtureSize): void {
  const { summary }: { readonly summary: { readonly update: number } } = JSON.parse(output);
  if (summary.update !== services)
    console.log(`talos plan found ${summary.update} updates instead of ${services}: its time says nothing`);
}
