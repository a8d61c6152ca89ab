import { join } from "node:path";
import type { RepositoryFile } from "../config/schema.ts";
import { layOverRepositoryFile } from "../config/watched-repositories.ts";
import type { Strategy } from "../policy/policy.ts";
import { configuredDomains } from "../registries/configured-domains.ts";
import { createRegistries } from "../registries/create-registries.ts";
import { withFreshDigests } from "../registries/fresh-answers.ts";
import type { Registries, RequestCounts } from "../registries/registry.ts";
import { openTarget } from "../sources/open-target.ts";
import type { SourceSnapshot } from "../sources/source-snapshot.ts";
import { openLog } from "../telemetry/open-log.ts";
import type { Assessment } from "../updates/assess-reference.ts";
import { createFileRules } from "../updates/file-rules.ts";
import { readRepositoryFile } from "../updates/read-repository-file.ts";
import { type ScanResult, type ScanSettings, scanSource } from "../updates/scan-source.ts";
import { openSightings } from "../updates/sightings.ts";
import { createOnlyMatch } from "./matches-only.ts";
import { openUserStore } from "./open-user-store.ts";
import { readCommandConfig } from "./read-command-config.ts";
import { parseBump, type ScanOptionValues } from "./scan-options.ts";
import { openScanProgress } from "./scan-progress.ts";
import type { Terminal } from "./terminal.ts";
import { userCacheFolder } from "./user-cache-folder.ts";

/** What the scans of one command found, with what it needs to go on from there. */
export interface ScanSession extends AsyncDisposable {
  readonly scans: readonly TargetScan[];
  readonly registries: Registries;
  /** As configured. */
  readonly commitSubject: string;
  cost(): { readonly requests: RequestCounts; readonly seconds: number };
}

export interface TargetScan {
  /** As `source` in the JSON document: the target as it was given, `.` for the current folder. */
  readonly source: string;
  readonly snapshot: SourceSnapshot;
  readonly settings: ScanSettings;
  /** What is wrong with the repository's own settings; `result` tells it too. */
  readonly settingsProblems: ScanResult["problems"];
  readonly result: ScanResult;
}

interface ScanRequest {
  readonly values: ScanOptionValues;
  /** What `--all` does with images that have not opted in. */
  readonly unannotated: Strategy;
  /** What is written must be true now: digests are read again, whatever was cached (specification, section 5). */
  readonly isFresh?: boolean;
  readonly terminal: Terminal;
  readonly isWanted?: (assessment: Assessment) => boolean;
  /** Instead of as a command's target is opened. */
  readonly open?: (target: string) => Promise<SourceSnapshot>;
  /** Settings that win over the repository's own. */
  readonly configured?: RepositoryFile;
}

/** Scans the targets one after the other, with one registry client for all. */
export async function scanTargets(targets: readonly string[], request: ScanRequest): Promise<ScanSession> {
  const startedMs = performance.now();
  const { values, terminal, open = openTargetOfUser } = request;
  const isQuiet = values.quiet === true;
  const notice = (text: string) => (isQuiet ? undefined : terminal.err(`note: ${text}`));
  const wishes = { unannotated: values.all === true ? request.unannotated : undefined, bump: parseBump(values.bump) };
  const config = readCommandConfig(values.config, notice);
  const log = values.verbose === true ? await openLog("debug") : undefined;
  await using resources = new AsyncDisposableStack();
  const store = resources.adopt(openUserStore(process.env, notice), (open) => open.close());
  using progress = openScanProgress(terminal, isQuiet || log !== undefined);
  const registries = resources.adopt(
    createRegistries({
      domains: configuredDomains(config),
      cache: store.cache("registry"),
      cacheSeconds: config.RegistrySettings.CacheDuration,
      isCacheIgnored: values["no-cache"] === true,
      onRequest: (event) => {
        progress.onRequest(event);
        log?.debug(event, "request");
      },
    }),
    (client) => client.close(),
  );
  const ports = {
    registries: request.isFresh === true ? withFreshDigests(registries) : registries,
    sightings: openSightings(store.collection("sightings")),
    moment: {
      nowMs: Date.now(),
      // Takes 10 ms the first time, and few policies have delivery windows.
      get timeZone() {
        return Intl.DateTimeFormat().resolvedOptions().timeZone;
      },
    },
    onProgress: progress.onScan,
  };
  const scans: TargetScan[] = [];
  for (const target of targets.length === 0 ? ["."] : targets) {
    const snapshot = await open(target);
    const { settings: own, problems } = readRepositoryFile(snapshot.text);
    const rules = createFileRules(layOverRepositoryFile(request.configured ?? {}, own), {
      ...wishes,
      isWrittenInFull: config.ImageParserSettings.WriteFullReference,
    });
    const settings = { rules, ...combineWishes(values.only, request.isWanted) };
    const result = await scanSource(snapshot, settings, ports);
    scans.push({
      source: target,
      snapshot,
      settings,
      settingsProblems: problems,
      result: { ...result, problems: [...problems, ...result.problems] },
    });
  }
  const kept = resources.move();
  return {
    scans,
    registries,
    commitSubject: config.GitSettings.CommitSubject,
    cost: () => ({ requests: registries.requests, seconds: (performance.now() - startedMs) / 1000 }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function openTargetOfUser(target: string): Promise<SourceSnapshot> {
  return openTarget(target, { workFolder: join(userCacheFolder(process.env), "sources") });
}

function combineWishes(
  only: readonly string[] | undefined,
  isWanted: ScanSettings["isWanted"],
): Pick<ScanSettings, "isWanted"> {
  if (only === undefined) return isWanted === undefined ? {} : { isWanted };
  const isListed = createOnlyMatch(only);
  return { isWanted: (assessment) => isListed(assessment.found) && (isWanted?.(assessment) ?? true) };
}
