import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Certificate, makeCertificate } from "./certificate.ts";
import { programEnvironment, programPath } from "./find-program.ts";
import { type ImageToPush, type PushedImage, pushImage } from "./push-image.ts";
import { startProgram } from "./start-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { type TokenServer, tokenIssuer, tokenServer, tokenService } from "./token-server.ts";

export interface DockerRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`: the domain of its images. */
  readonly host: string;
  readonly url: string;
  /** With TLS: the authority to trust. */
  readonly caFile: string | undefined;
  /** With token auth: who gives the tokens. */
  readonly tokens: TokenServer | undefined;
  push(image: ImageToPush): Promise<PushedImage>;
  /** Its log, in lines. */
  readonly output: readonly string[];
}

interface RegistryAccount {
  readonly username: string;
  readonly password: string;
}

export interface RegistryOptions {
  /** `account` undefined with `token`: anybody gets one. */
  readonly auth?:
    | { readonly kind: "htpasswd"; readonly account: RegistryAccount }
    | { readonly kind: "token"; readonly account?: RegistryAccount; readonly lifeSeconds?: number };
  readonly tls?: boolean;
  /** Told of every push. */
  readonly notify?: { readonly url: string; readonly token: string };
}

/** A real `docker-registry` with its own empty storage. Needs docker-registry; htpasswd; openssl for tokens and TLS. */
export async function dockerRegistry({ auth, tls = false, notify }: RegistryOptions = {}): Promise<DockerRegistry> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const certificate = tls || auth?.kind === "token" ? await makeCertificate(folder.path, "localhost") : undefined;
  const tokens =
    certificate !== undefined && auth?.kind === "token" ? stack.use(await tokenServer(certificate, auth)) : undefined;
  const config = join(folder.path, "config.json");
  await writeFile(
    config,
    JSON.stringify({
      version: 0.1,
      log: { level: "info", accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder.path, "storage") }, delete: { enabled: true } },
      http: {
        addr: "127.0.0.1:0",
        // Without a secret of its own it warns; without `relativeurls` it names its own port, also behind a proxy.
        secret: "talos-test",
        relativeurls: true,
        ...(tls && certificate ? { tls: { certificate: certificate.certFile, key: certificate.keyFile } } : {}),
      },
      ...(notify === undefined ? {} : { notifications: notifications(notify) }),
      ...(auth === undefined ? {} : { auth: await authSection(folder.path, auth, tokens, certificate) }),
    }),
  );
  const program = stack.use(
    await startProgram({
      command: programPath("docker-registry"),
      arguments: ["serve", config],
      folder: folder.path,
      ready: /listening on 127\.0\.0\.1:(\d+)/,
      environment: { OTEL_TRACES_EXPORTER: "none" },
    }),
  );
  const host = `127.0.0.1:${program.ready[1]}`;
  const target = {
    url: `${tls ? "https" : "http"}://${host}`,
    ca: tls ? certificate?.cert : undefined,
    authorize: auth && ((repository: string) => authorization(auth, tokens, repository)),
  };
  const stop = stack.move();
  return {
    host,
    url: target.url,
    caFile: tls ? certificate?.certFile : undefined,
    tokens,
    push: (image) => pushImage(target, image),
    output: program.output,
    [Symbol.asyncDispose]: () => stop.disposeAsync(),
  };
}

function notifications({ url, token }: NonNullable<RegistryOptions["notify"]>) {
  const headers = { Authorization: [`Bearer ${token}`] };
  return { endpoints: [{ name: "talos", url, headers, timeout: "5s", threshold: 3, backoff: "1s" }] };
}

type Auth = NonNullable<RegistryOptions["auth"]>;

async function authSection(
  folder: string,
  auth: Auth,
  tokens: TokenServer | undefined,
  certificate: Certificate | undefined,
) {
  if (auth.kind === "token")
    return {
      token: {
        realm: tokens?.realm,
        service: tokenService,
        issuer: tokenIssuer,
        rootcertbundle: certificate?.certFile,
      },
    };
  const { username, password } = auth.account;
  const line = await promisify(execFile)(programPath("htpasswd"), ["-Bbn", username, password], {
    env: programEnvironment(),
  });
  const path = join(folder, "htpasswd");
  await writeFile(path, line.stdout);
  return { htpasswd: { realm: "talos-test", path } };
}

function authorization(auth: Auth, tokens: TokenServer | undefined, repository: string): string {
  if (auth.kind === "token") return `Bearer ${tokens?.mint([`repository:${repository}:pull,push`])}`;
  return `Basic ${Buffer.from(`${auth.account.username}:${auth.account.password}`).toString("base64")}`;
}
