/**
 * A registry of this process, on a free port of the loopback interface. It speaks the part of the OCI distribution
 * protocol that a reader needs: tag lists in pages, manifests by tag and digest, blobs. Images have no layers, so nothing
 * can be pulled from it. A repository's name begins with the domain it stands for: `/v2/docker.io/library/nginx/…`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { CatalogueEntry } from "./catalogue.ts";
import { type Content, makeImage } from "./image-contents.ts";

export interface MemoryRegistry extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** From now on the repository has this tag too, made on that day. */
  release(repository: string, tag: string, created: string): void;
}

export async function openMemoryRegistry(catalogue: Readonly<Record<string, CatalogueEntry>>): Promise<MemoryRegistry> {
  const entries = new Map(Object.entries(catalogue));
  const repositories = new Map([...entries].map(([name, entry]) => [name, fillRepository(name, entry)]));
  const server = createServer((request, response) => send(response, request, answer(request, repositories)));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has an address and a port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    release(repository, tag, created) {
      const entry = entries.get(repository);
      if (entry === undefined) throw new Error(`the registry has no ${repository}`);
      const next = { ...entry, tags: { ...entry.tags, [tag]: created } };
      entries.set(repository, next);
      repositories.set(repository, fillRepository(repository, next));
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface MemoryRepository {
  /** In the order of the protocol: by their characters. */
  readonly tags: readonly string[];
  /** Manifests by tag. */
  readonly tagged: ReadonlyMap<string, Content>;
  /** Manifests and configurations by digest. */
  readonly contents: ReadonlyMap<string, Content>;
}

function fillRepository(repository: string, { project, tags }: CatalogueEntry): MemoryRepository {
  const tagged = new Map<string, Content>();
  const contents = new Map<string, Content>();
  for (const [tag, created] of Object.entries(tags)) {
    const { manifest, config } = makeImage({ repository, tag, created, project });
    tagged.set(tag, manifest);
    for (const content of [manifest, config]) contents.set(content.digest, content);
  }
  return { tags: [...tagged.keys()].sort(), tagged, contents };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content: Pick<Content, "bytes" | "mediaType">;
}

function answer({ method, url = "" }: IncomingMessage, repositories: ReadonlyMap<string, MemoryRepository>): Answer {
  if (method !== "GET" && method !== "HEAD") return refuse(405, "UNSUPPORTED");
  const { pathname, searchParams } = new URL(url, "http://registry");
  if (pathname === "/v2/") return { status: 200, content: toJson({}) };
  const [, name = "", kind = "", id = ""] = /^\/v2\/(.+)\/(tags|manifests|blobs)\/([^/]+)$/.exec(pathname) ?? [];
  const repository = repositories.get(name);
  if (repository === undefined) return refuse(404, "NAME_UNKNOWN");
  if (kind === "tags") return listTags(name, repository.tags, searchParams);
  const content = repository.contents.get(id) ?? (kind === "manifests" ? repository.tagged.get(id) : undefined);
  if (content === undefined) return refuse(404, kind === "blobs" ? "BLOB_UNKNOWN" : "MANIFEST_UNKNOWN");
  return { status: 200, headers: { "docker-content-digest": content.digest }, content };
}

function listTags(name: string, all: readonly string[], wanted: URLSearchParams): Answer {
  const size = Number(wanted.get("n")) || all.length;
  const last = wanted.get("last");
  const left = last === null ? all : all.filter((tag) => tag > last);
  const tags = left.slice(0, size);
  const next = `/v2/${name}/tags/list?n=${size}&last=${tags.at(-1) ?? ""}`;
  return {
    status: 200,
    headers: tags.length < left.length ? { link: `<${next}>; rel="next"` } : {},
    content: toJson({ name, tags }),
  };
}

function refuse(status: number, code: string): Answer {
  return { status, content: toJson({ errors: [{ code, message: "not here" }] }) };
}

function toJson(value: unknown): Answer["content"] {
  return { bytes: Buffer.from(JSON.stringify(value)), mediaType: "application/json" };
}

function send(response: ServerResponse, { method }: IncomingMessage, { status, headers, content }: Answer): void {
  response.writeHead(status, {
    ...headers,
    "content-type": content.mediaType,
    "content-length": content.bytes.length,
  });
  response.end(method === "HEAD" ? undefined : content.bytes);
}
