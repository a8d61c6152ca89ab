import type { RegistryConnection } from "./connect-registry.ts";
import { badAnswer, tagMissing } from "./failures.ts";
import type { LookupTime } from "./lookup-time.ts";
import { hasDigest, isDigest, manifestTypes } from "./manifest.ts";
import { choosePlatform } from "./platform.ts";
import { isRecord, type JsonRecord, readJson, readText, readTexts } from "./read-json.ts";
import type { ImageDescription, Lookup, LookupFailure, Repository } from "./registry.ts";

interface Question {
  readonly connection: RegistryConnection;
  readonly repository: Repository;
  readonly time: LookupTime;
}

/** From the digest to a manifest (through the index, for a platform), to the configuration it names. All of them are verified. */
export async function describeImage(
  question: Question,
  digest: string,
  platform: string,
): Promise<Lookup<ImageDescription>> {
  const top = await readVerified(question, "manifests", digest);
  if (top.kind !== "found") return top;
  const manifest = await chooseManifest(question, top.value, platform);
  if (manifest.kind !== "found") return manifest;
  const annotations = { ...readTexts(top.value["annotations"]), ...readTexts(manifest.value["annotations"]) };
  const configuration = readDescriptor(manifest.value["config"]);
  if (configuration === undefined || !isImageConfiguration(configuration.mediaType))
    return { kind: "found", value: { createdAt: undefined, labels: annotations } };
  const read = await readVerified(question, "blobs", configuration.digest);
  if (read.kind !== "found") return read;
  const settings = isRecord(read.value["config"]) ? read.value["config"] : {};
  const labels = { ...annotations, ...readTexts(settings["Labels"]) };
  return { kind: "found", value: { createdAt: parseDate(readText(read.value, "created")), labels } };
}

async function chooseManifest(question: Question, top: JsonRecord, platform: string): Promise<Lookup<JsonRecord>> {
  if (!Array.isArray(top["manifests"])) return { kind: "found", value: top };
  const chosen = choosePlatform(top["manifests"].filter(isRecord), platform);
  const digest = chosen === undefined ? undefined : readDescriptor(chosen)?.digest;
  if (digest === undefined)
    return badAnswer(question.repository.domain, `has an index without images in ${question.repository.path}`);
  return readVerified(question, "manifests", digest);
}

async function readVerified(
  question: Question,
  kind: "manifests" | "blobs",
  digest: string,
): Promise<Lookup<JsonRecord>> {
  const { connection, repository, time } = question;
  const what = `${repository.domain}, asked for ${repository.path}@${digest.slice(0, 19)}…,`;
  if (!isDigest(digest)) return badAnswer(what, "names something by a digest that is none");
  const isManifest = kind === "manifests";
  const asked = await connection.ask(
    {
      method: "GET",
      repository,
      address: { resource: `${kind}/${digest}` },
      accept: isManifest ? manifestTypes.join(", ") : "*/*",
      isPull: isManifest,
    },
    time,
  );
  if (asked.kind !== "answer") return asked;
  if (asked.answer.status === 404) return missing(repository, digest);
  if (asked.answer.status !== 200) return badAnswer(what, `answered ${asked.answer.status}`);
  if (!hasDigest(asked.answer.body, digest)) return badAnswer(what, "answered with something that has another digest");
  const json = readJson(asked.answer);
  return json.kind === "bad" ? badAnswer(what, json.what) : { kind: "found", value: json.value };
}

function missing(repository: Repository, digest: string): LookupFailure {
  return { ...tagMissing(repository, digest), text: `${repository.domain} has no ${digest} in ${repository.path}` };
}

function readDescriptor(
  value: unknown,
): { readonly digest: string; readonly mediaType: string | undefined } | undefined {
  const digest = isRecord(value) ? readText(value, "digest") : undefined;
  return isRecord(value) && digest !== undefined ? { digest, mediaType: readText(value, "mediaType") } : undefined;
}

/** Charts, signatures and other artifacts have a configuration of another kind, or an empty one. */
function isImageConfiguration(mediaType: string | undefined): boolean {
  return (
    mediaType === undefined ||
    /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/.test(mediaType)
  );
}

/** Year 1 is how an absent time is written in Go. */
function parseDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() === 1 ? undefined : date;
}
