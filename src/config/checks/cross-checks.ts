// Rules that hold between settings. They look at the settings as shaped, before types, so that they speak also when
// another setting is faulty; what is not there or not a text is somebody else's fault to tell.
import { suggestName } from "../../policy/nearest-name.ts";
import type { ConfigRemark } from "../config-node.ts";
import { normaliseRepositoryUrl } from "../repository-url.ts";
import { formatPath, type SettingPath, type Shaped } from "../shape-settings.ts";
import { checkDiscord, noticeDiscord } from "./check-discord.ts";
import { checkDockerHosts } from "./check-docker-hosts.ts";
import { noticeTraceLibraries } from "./check-tracing.ts";
import { fault, follow, type Given, isWord, itemsAt, keysAt, textAt } from "./shaped-settings.ts";

export interface CrossChecks {
  readonly faults: readonly ConfigRemark[];
  readonly notices: readonly ConfigRemark[];
}

/** What is wrong with a YAML path, to follow the name of its setting; undefined when it is right. */
export type YamlPathCheck = (path: string) => string | undefined;

export function crossCheck(settings: Shaped, given: Given, checkYamlPath: YamlPathCheck): CrossChecks {
  const repositories: SettingPath = ["ImageUpdateSettings", "Repositories"];
  return {
    faults: [
      ...checkHosts(settings, given),
      ...checkDoubles(settings, given),
      ...checkMergeRequests(settings, given),
      ...itemsAt(settings, repositories).flatMap((_, index) =>
        checkGlobs(settings, [...repositories, index], given, checkYamlPath),
      ),
      ...checkNeeds(settings, given),
      ...checkDockerHosts(settings, given),
      ...checkDiscord(settings, given),
      ...checkVariance(settings, given),
    ],
    notices: [
      ...noticeClosedDomains(settings, given),
      ...noticeEmptyGlobs(settings, given),
      ...noticeDiscord(settings, given),
      ...noticeTraceLibraries(settings, given),
      ...noticeUserHeader(settings, given),
    ],
  };
}

/** The YAML paths of the rules below `Glob`. */
export function checkGlobs(
  settings: Shaped,
  path: SettingPath,
  given: Given,
  checkYamlPath: YamlPathCheck,
): ConfigRemark[] {
  const rules: SettingPath = [...path, "Glob", "Yaml"];
  return itemsAt(settings, rules).flatMap((_, index) =>
    ["AncestorPath", "RelativeImagePath", "RelativeTalosPath"].flatMap((key) => {
      const place = [...rules, index, key];
      const text = textAt(settings, place);
      const problem = text === undefined ? undefined : checkYamlPath(text);
      return problem === undefined ? [] : [fault(place, problem, given)];
    }),
  );
}

function noticeUserHeader(settings: Shaped, given: Given): ConfigRemark[] {
  const path: SettingPath = ["ApiSettings", "UserHeader"];
  if (textAt(settings, path) === undefined || itemsAt(settings, ["ApiSettings", "TrustedProxies"]).length > 0)
    return [];
  return [fault(path, "has no effect without ApiSettings.TrustedProxies: nobody is believed who sends it", given)];
}

function checkHosts(settings: Shaped, given: Given): ConfigRemark[] {
  const hosts = keysAt(settings, ["ImageUpdateSettings", "Hosts"]);
  return repositoryPaths(settings).flatMap((path) => {
    const host = textAt(settings, [...path, "Host"]);
    if (host === undefined || hosts.includes(host)) return [];
    const advice = hosts.length === 0 ? "none is defined there" : suggestName(host, hosts);
    return [fault([...path, "Host"], `names \`${host}\`, which is not in ImageUpdateSettings.Hosts; ${advice}`, given)];
  });
}

function checkDoubles(settings: Shaped, given: Given): ConfigRemark[] {
  const seen = new Map<string, SettingPath>();
  return repositoryPaths(settings).flatMap((path) => {
    const url = textAt(settings, [...path, "Url"]);
    if (url === undefined) return [];
    const identity = `${normaliseRepositoryUrl(url.trim())} ${textAt(settings, [...path, "Branch"]) ?? ""}`;
    const first = seen.get(identity);
    seen.set(identity, first ?? path);
    if (first === undefined) return [];
    return [
      fault([...path, "Url"], `is the same repository and branch as ${formatPath(first)}; keep one of them`, given),
    ];
  });
}

/** They are made through the API of the repository's host, which wants to know who asks. */
function checkMergeRequests(settings: Shaped, given: Given): ConfigRemark[] {
  return repositoryPaths(settings).flatMap((path) => {
    const place = [...path, "CreateMergeRequestsForPushes"];
    if (!/^(true|yes|on|1)$/i.test(textAt(settings, place)?.trim() ?? "")) return [];
    const name = textAt(settings, [...path, "Host"]);
    if (name === undefined) return [fault(place, "needs a Host with a Token, to sign in to the server's API", given)];
    const host: SettingPath = ["ImageUpdateSettings", "Hosts", name];
    if (follow(settings, host) === undefined) return [];
    if (isWord(settings, [...host, "Type"], "generic"))
      return [
        fault(place, `needs a server with merge requests, and the Type of ${formatPath(host)} is Generic`, given),
      ];
    if (textAt(settings, [...host, "Token"]) !== undefined) return [];
    return [fault(place, `needs ${formatPath([...host, "Token"])}, to sign in to the server's API`, given)];
  });
}

/** Settings that cannot do without another one. */
function checkNeeds(settings: Shaped, given: Given): ConfigRemark[] {
  const faults: ConfigRemark[] = [];
  const schedule = ["ImageUpdateSettings", "Schedule"];
  if (isWord(settings, [...schedule, "Type"], "cron") && textAt(settings, [...schedule, "Expression"]) === undefined) {
    faults.push(
      fault([...schedule, "Expression"], "is missing: a schedule of type Cron needs one, such as `0 4 * * *`", given),
    );
  }
  const tracing = ["TracingSettings"];
  if (isWord(settings, [...tracing, "Enabled"], "true") && textAt(settings, [...tracing, "Endpoint"]) === undefined) {
    faults.push(fault([...tracing, "Endpoint"], "is missing: tracing is enabled and needs to know where to", given));
  }
  return faults;
}

/** The earlier program refused to start on this, so a configuration that says it was never used as meant. */
function checkVariance(settings: Shaped, given: Given): ConfigRemark[] {
  const path = ["SkopeoSettings", "CacheDurationVarianceHours"];
  const variance = Number(textAt(settings, path) ?? Number.NaN);
  const duration = Number(textAt(settings, ["SkopeoSettings", "CacheDurationHours"]) ?? "12");
  if (!(variance >= duration)) return [];
  return [
    fault(
      path,
      `must be smaller than CacheDurationHours, which is ${duration}; or remove it, as it has no effect`,
      given,
    ),
  ];
}

function noticeClosedDomains(settings: Shaped, given: Given): ConfigRemark[] {
  const domains: SettingPath = ["UpdateThrottlingSettings", "Domains"];
  return keysAt(settings, domains).flatMap((domain) => {
    const limit = textAt(settings, [...domains, domain, "Limit"]);
    if (limit !== undefined && !/^0+$/.test(limit)) return [];
    return [
      fault([...domains, domain, "Limit"], `is 0: no update of an image from ${domain} will be delivered`, given),
    ];
  });
}

/** A kind with nothing below it counts as not named, which few expect. */
function noticeEmptyGlobs(settings: Shaped, given: Given): ConfigRemark[] {
  return repositoryPaths(settings).flatMap((path) => {
    const glob = [...path, "Glob"];
    if (follow(settings, glob) === undefined || keysAt(settings, glob).length > 0) return [];
    const advice = "write `DockerCompose: {}` for compose files by their usual names";
    return [fault(glob, `names no kind of file, so that none is looked at; ${advice}`, given)];
  });
}

function repositoryPaths(settings: Shaped): readonly SettingPath[] {
  const path: SettingPath = ["ImageUpdateSettings", "Repositories"];
  return itemsAt(settings, path).map((_, index) => [...path, index]);
}
