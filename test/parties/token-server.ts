import { createHash, createSign, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Certificate } from "./certificate.ts";
import { listen } from "./listen.ts";

export const tokenIssuer = "talos-test-issuer";
export const tokenService = "talos-test-registry";

export interface TokenAccount {
  readonly username: string;
  readonly password: string;
}

export interface TokenServer extends AsyncDisposable {
  readonly realm: string;
  /** The scopes of each request so far, in order, and how many tokens were asked for in vain. */
  readonly requests: { readonly scopes: readonly string[]; readonly isGranted: boolean }[];
  /** A token made without asking, for setting a scene. */
  mint(scopes: readonly string[]): string;
}

/**
 * The authorization server of the distribution project's token scheme. Several scopes in one request give one token for
 * all. `account` undefined: anybody may pull. `lifeSeconds` is that of a token.
 */
export async function tokenServer(
  certificate: Certificate,
  { account, lifeSeconds = 300 }: { readonly account?: TokenAccount | undefined; readonly lifeSeconds?: number } = {},
): Promise<TokenServer> {
  const requests: TokenServer["requests"] = [];
  const wanted = account && `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  const server = await listen(
    createServer((request, response) => {
      const scopes = new URL(request.url ?? "/", "http://auth").searchParams
        .getAll("scope")
        .flatMap((each) => each.split(" "));
      const isGranted = wanted === undefined || request.headers.authorization === wanted;
      requests.push({ scopes, isGranted });
      const body = isGranted
        ? {
            token: sign(certificate, scopes, lifeSeconds),
            expires_in: lifeSeconds,
            issued_at: new Date().toISOString(),
          }
        : { details: "incorrect username or password" };
      response.writeHead(isGranted ? 200 : 401, { "content-type": "application/json" }).end(JSON.stringify(body));
    }),
  );
  return {
    realm: `http://${server.host}/token`,
    requests,
    mint: (scopes) => sign(certificate, scopes, lifeSeconds),
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

/** A JWT whose header carries the certificate (`x5c`), which the registry trusts as a root. */
function sign({ cert, key }: Certificate, scopes: readonly string[], lifeSeconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  const der = cert.replaceAll(/-----[^-]+-----|\s/g, "");
  const access = scopes.flatMap((scope) => {
    const [type, name, actions] = /^(\w+):(.+):([^:]+)$/.exec(scope)?.slice(1) ?? [];
    return type === undefined ? [] : [{ type, name, actions: actions?.split(",") }];
  });
  const claims = {
    iss: tokenIssuer,
    sub: "test",
    aud: tokenService,
    iat: now,
    nbf: now - 10,
    exp: now + lifeSeconds,
    jti: randomUUID(),
    access,
  };
  const header = { typ: "JWT", alg: "RS256", x5c: [der], kid: createHash("sha256").update(der).digest("hex") };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}
