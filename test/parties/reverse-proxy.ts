import { readFileSync } from "node:fs";
import { request } from "node:https";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { type Certificate, makeCertificate } from "./certificate.ts";
import { programPath } from "./find-program.ts";
import { startProgram } from "./start-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type ReverseProxyName = "caddy" | "nginx";

export interface ProxyRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The client's own address: all of 127.0.0.0/8 are of this machine on Linux. */
  readonly from?: string;
  readonly signal?: AbortSignal;
}

export interface ReverseProxy extends AsyncDisposable {
  ask(path: string, request?: ProxyRequest): Promise<Response>;
}

/**
 * A real proxy with HTTPS at `https://localhost:<port>`. `site`: for Caddy a whole site, whose name becomes this address;
 * for nginx what stands in a `server`. Needs openssl, and caddy or nginx.
 */
export async function reverseProxy(name: ReverseProxyName, port: number, site: string): Promise<ReverseProxy> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const certificate = await makeCertificate(folder.path, "localhost");
  const { file, text, command, ready } = starts[name];
  await folder.write({ [file]: text(site, port, certificate, folder.path) });
  stack.use(
    await startProgram({
      command: programPath(name),
      arguments: command(join(folder.path, file)),
      folder: folder.path,
      ready,
      environment: { HOME: folder.path, XDG_DATA_HOME: folder.path, XDG_CONFIG_HOME: folder.path },
    }),
  );
  const ca = readFileSync(certificate.certFile);
  const all = stack.move();
  return {
    ask: (path, asked = {}) => ask(port, ca, path, asked),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const starts = {
  caddy: {
    file: "Caddyfile",
    text: caddyFile,
    command: (file: string) => ["run", "--adapter", "caddyfile", "--config", file],
    ready: /serving initial configuration/,
  },
  nginx: {
    file: "nginx.conf",
    text: nginxFile,
    command: (file: string) => ["-e", "stderr", "-p", dirname(file), "-c", file],
    ready: /start worker process \d/,
  },
};

function caddyFile(site: string, port: number, { certFile, keyFile }: Certificate): string {
  const options = "{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n}\n";
  return `${options}${site.replace(/^[\w.]+ \{$/m, `https://localhost:${port} {\n\ttls ${certFile} ${keyFile}`)}`;
}

function nginxFile(site: string, port: number, { certFile, keyFile }: Certificate, folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  // As root it would hand requests to a user who may not look into this folder.
  return `${process.getuid?.() === 0 ? "user root;" : ""}
daemon off;
pid ${folder}/nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${temporary.map((part) => `${part}_temp_path ${folder}/${part};`).join(" ")}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certFile};
    ssl_certificate_key ${keyFile};
    ${site}
  }
}
`;
}

/** The path goes as it is written. */
function ask(port: number, ca: Buffer, path: string, asked: ProxyRequest): Promise<Response> {
  const { method = "GET", headers = {}, body, from, signal } = asked;
  const where = { host: "127.0.0.1", port, servername: "localhost", ca, agent: false, localAddress: from };
  const host = { host: `localhost:${port}` };
  return new Promise((resolve, reject) => {
    const sent = request({ ...where, path, method, headers: { ...host, ...headers }, signal }, (answer) => {
      const got = new Headers();
      for (const [name, values] of Object.entries(answer.headersDistinct))
        for (const value of values ?? []) got.append(name, value);
      const { statusCode: status = 0 } = answer;
      const isEmpty = status === 204 || status === 304;
      resolve(new Response(isEmpty ? null : Readable.toWeb(answer), { status, headers: got }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
