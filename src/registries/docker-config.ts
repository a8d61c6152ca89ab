import { readFile } from "node:fs/promises";
import { createSecret } from "../telemetry/secret.ts";
import { askCredentialHelper } from "./credential-helper.ts";
import type { Credentials } from "./credentials.ts";
import { isRecord, type JsonRecord, readText } from "./read-json.ts";

/** Docker Hub's credentials are kept under this address, for historical reasons. */
const dockerHubKey = "https://index.docker.io/v1/";

/** In Docker's own order: the host's helper, the store for all, the file itself. */
export async function readDockerCredentials(path: string, host: string, signal: AbortSignal): Promise<Credentials> {
  const config = await readConfig(path);
  if (config.kind === "none") return config;
  const key = isDockerHub(host) ? dockerHubKey : host;
  const helper = findHelper(config.value, host);
  if (helper === undefined) return readFromFile(config.value, host);
  const answer = await askCredentialHelper(helper, key, signal);
  return answer.kind === "none" ? { ...answer, ...readFromFile(config.value, host) } : answer;
}

async function readConfig(
  path: string,
): Promise<{ kind: "config"; value: JsonRecord } | { kind: "none"; note?: string }> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return isRecord(value) ? { kind: "config", value } : { kind: "none", note: `${path} holds no JSON object` };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return { kind: "none" };
    return {
      kind: "none",
      note: `${path} cannot be read (${error instanceof SyntaxError ? "no JSON" : String(error)})`,
    };
  }
}

function findHelper(config: JsonRecord, host: string): string | undefined {
  const helpers = isRecord(config["credHelpers"]) ? config["credHelpers"] : {};
  const key = Object.keys(helpers).find((candidate) => isSameHost(candidate, host));
  return (key === undefined ? undefined : readText(helpers, key)) ?? readText(config, "credsStore");
}

function readFromFile(config: JsonRecord, host: string): Credentials {
  const entries = isRecord(config["auths"]) ? config["auths"] : {};
  const key = Object.keys(entries).find((candidate) => isSameHost(candidate, host));
  const entry = key === undefined ? undefined : entries[key];
  if (!isRecord(entry)) return { kind: "none" };
  const identityToken = readText(entry, "identitytoken");
  if (identityToken !== undefined)
    return { kind: "refresh-token", token: createSecret(identityToken), account: "the token in Docker's config.json" };
  const [, username, password] = /^([^:]+):([\s\S]+)$/.exec(decode(readText(entry, "auth"))) ?? [];
  const user = username ?? readText(entry, "username");
  const word = password?.replace(/\0+$/, "") ?? readText(entry, "password");
  if (user === undefined || word === undefined) return { kind: "none" };
  return {
    kind: "password",
    username: user,
    password: createSecret(word),
    account: `${user} (of Docker's config.json)`,
  };
}

function decode(text: string | undefined): string {
  return Buffer.from(text ?? "", "base64").toString("utf8");
}

/** Keys are host names, with or without a scheme and a path. */
function isSameHost(key: string, host: string): boolean {
  const keyHost = key
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/, "")
    .toLowerCase();
  return keyHost === host.toLowerCase() || (isDockerHub(host) && isDockerHub(keyHost));
}

function isDockerHub(host: string): boolean {
  return host === "docker.io" || host === "index.docker.io" || host === "registry-1.docker.io";
}
