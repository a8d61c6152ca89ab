import type { RegistryConnection } from "./connect-registry.ts";
import { badAnswer, tagMissing } from "./failures.ts";
import type { LookupTime } from "./lookup-time.ts";
import { computeDigest, isDigest, manifestTypes } from "./manifest.ts";
import { readJson } from "./read-json.ts";
import type { Lookup, Repository } from "./registry.ts";
import type { Answered } from "./send-persistently.ts";
import type { Answer } from "./transport.ts";

/** What is remembered of one registry: that its answers to HEAD lack the digest, so that HEAD is not worth sending. */
export interface DigestHabit {
  isHeadUseless(): boolean;
  noteHeadUseless(): void;
}

export async function readDigest(
  connection: RegistryConnection,
  repository: Repository,
  tag: string,
  time: LookupTime,
  habit: DigestHabit,
): Promise<Lookup<string>> {
  if (!habit.isHeadUseless()) {
    const asked = await askManifest(connection, "HEAD", repository, tag, time);
    if (asked.kind !== "answer") return asked;
    const found = readHeader(asked.answer, repository, tag);
    if (found !== undefined) return found;
  }
  const asked = await askManifest(connection, "GET", repository, tag, time);
  if (asked.kind !== "answer") return asked;
  const digest = digestBody(asked.answer, repository, tag);
  if (digest.kind === "found") habit.noteHeadUseless();
  return digest;
}

function askManifest(
  connection: RegistryConnection,
  method: "HEAD" | "GET",
  repository: Repository,
  tag: string,
  time: LookupTime,
): Promise<Answered> {
  const address = { resource: `manifests/${encodeURIComponent(tag)}` };
  return connection.ask(
    { method, repository, address, accept: manifestTypes.join(", "), isPull: method === "GET" },
    time,
  );
}

/** undefined: only a GET can tell. */
function readHeader(answer: Answer, repository: Repository, tag: string): Lookup<string> | undefined {
  if (answer.status === 404) return tagMissing(repository, tag);
  if (answer.status === 405 || answer.status === 501) return undefined;
  if (answer.status !== 200) return badAnswer(describeQuestion(repository, tag), `answered ${answer.status}`);
  if (isRetiredFormat(answer)) return retiredFormat(repository, tag);
  const digest = answer.header("docker-content-digest")?.trim();
  if (digest === undefined || digest === "") return undefined;
  if (isDigest(digest)) return { kind: "found", value: digest };
  return badAnswer(
    describeQuestion(repository, tag),
    `answered with a digest that is none: ${JSON.stringify(digest.slice(0, 80))}`,
  );
}

function digestBody(answer: Answer, repository: Repository, tag: string): Lookup<string> {
  if (answer.status === 404) return tagMissing(repository, tag);
  if (answer.status !== 200) return badAnswer(describeQuestion(repository, tag), `answered ${answer.status}`);
  const json = readJson(answer);
  if (json.kind === "bad") return badAnswer(describeQuestion(repository, tag), json.what);
  if (json.value["schemaVersion"] === 1 || isRetiredFormat(answer)) return retiredFormat(repository, tag);
  if (json.value["schemaVersion"] !== 2)
    return badAnswer(describeQuestion(repository, tag), "answered with JSON that is no manifest");
  return { kind: "found", value: computeDigest("sha256", answer.body) };
}

/** Schema 1, which registries make up for old images: its digest is not one that can be pulled. */
function isRetiredFormat(answer: Answer): boolean {
  return (answer.header("content-type") ?? "").startsWith("application/vnd.docker.distribution.manifest.v1+");
}

function retiredFormat(repository: Repository, tag: string): Lookup<string> {
  return badAnswer(
    describeQuestion(repository, tag),
    "has it only in a format that today's engines do not pull (schema 1)",
  );
}

function describeQuestion(repository: Repository, tag: string): string {
  return `${repository.domain}, asked for ${repository.path}:${tag},`;
}
