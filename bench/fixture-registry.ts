// A registry made for measuring: its own process, so that it never waits for the program that is measured. Every answer
// comes a fixed time after its request. It counts requests and connections; `GET /counts` on a second port gives them
// and begins again at zero. Prints one line of JSON when it listens.
//
//   node bench/fixture-registry.ts --repositories 100 --delay 50 [--cert FILE --key FILE] [--page 10]
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import type { Server } from "node:net";
import { parseArgs } from "node:util";
import { type FixtureManifest, fixtureManifest, fixtureTags, manifestType, repositoryName } from "./fixture-images.ts";

const { values } = parseArgs({
  options: {
    repositories: { type: "string", default: "100" },
    delay: { type: "string", default: "50" },
    cert: { type: "string" },
    key: { type: "string" },
    page: { type: "string" },
  },
});
const delayMs = Number(values.delay);
const pageSize = values.page === undefined ? undefined : Number(values.page);

const repositories = new Set(Array.from({ length: Number(values.repositories) }, (_, index) => repositoryName(index)));
const manifests = new Map<string, FixtureManifest>();
const configs = new Map<string, string>();

let counts = { requests: 0, head: 0, get: 0, connections: 0 };
const registry: Server =
  values.cert === undefined || values.key === undefined
    ? createServer({ keepAliveTimeout: 60_000 }, ({ method, url }, response) => {
        serve(method, url, ({ status, headers, body }) => response.writeHead(status, headers).end(body));
      })
    : createSecureServer(
        { cert: readFileSync(values.cert), key: readFileSync(values.key), allowHTTP1: true },
        ({ method, url }, response) => {
          serve(method, url, ({ status, headers, body }) => response.writeHead(status, headers).end(body));
        },
      );
registry.on(values.cert === undefined ? "connection" : "secureConnection", () => {
  counts.connections += 1;
});
const control = createServer((_request, response) => {
  response.end(JSON.stringify(counts));
  counts = { requests: 0, head: 0, get: 0, connections: 0 };
});

const [port, controlPort] = await Promise.all([listen(registry), listen(control)]);
console.log(JSON.stringify({ host: `127.0.0.1:${port}`, control: `http://127.0.0.1:${controlPort}/counts` }));
// Ends with the process that started it.
process.stdin.on("end", () => process.exit()).resume();

function serve(method: string | undefined, url: string | undefined, respond: (answer: Answer) => void): void {
  const isHead = method === "HEAD";
  counts.requests += 1;
  counts[isHead ? "head" : "get"] += 1;
  const { status, headers, body } = answer(url ?? "/");
  const length = { "content-length": String(Buffer.byteLength(body)) };
  setTimeout(() => respond({ status, headers: { ...headers, ...length }, body: isHead ? "" : body }), delayMs);
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function answer(path: string): Answer {
  const url = new URL(path, "http://registry");
  if (url.pathname === "/v2/") return json({});
  const [, repository = "", kind, name = ""] = /^\/v2\/(.+)\/(tags|manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (!repositories.has(repository)) return missing("NAME_UNKNOWN");
  if (kind === "tags") return tagList(repository, Number(url.searchParams.get("from") ?? 0));
  if (kind === "blobs") return configs.has(name) ? json(configs.get(name)) : missing("BLOB_UNKNOWN");
  const manifest = findManifest(repository, name);
  if (manifest === undefined) return missing("MANIFEST_UNKNOWN");
  const headers = { "content-type": manifestType, "docker-content-digest": manifest.digest };
  return { status: 200, headers, body: manifest.body };
}

function tagList(repository: string, from: number): Answer {
  const size = pageSize ?? fixtureTags.length;
  const list = json({ name: repository, tags: fixtureTags.slice(from, from + size) });
  if (from + size >= fixtureTags.length) return list;
  const link = `</v2/${repository}/tags/list?from=${from + size}>; rel="next"`;
  return { ...list, headers: { ...list.headers, link } };
}

/** By tag, or by the digest of one that was asked for by tag before. */
function findManifest(repository: string, name: string): FixtureManifest | undefined {
  const known = manifests.get(`${repository} ${name}`);
  if (known !== undefined || !fixtureTags.includes(name)) return known;
  const manifest = fixtureManifest(repository, name);
  manifests.set(`${repository} ${name}`, manifest).set(`${repository} ${manifest.digest}`, manifest);
  configs.set(configDigest(manifest), manifest.config);
  return manifest;
}

function configDigest({ body }: FixtureManifest): string {
  const [, digest = ""] = /"digest":"(sha256:\w+)"/.exec(body) ?? [];
  return digest;
}

function json(value: unknown): Answer {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return { status: 200, headers: { "content-type": "application/json" }, body };
}

function missing(code: string): Answer {
  return { ...json({ errors: [{ code, message: "not here" }] }), status: 404 };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 4096, resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
