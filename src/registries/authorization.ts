import { type Credentials, formatBasic } from "./credentials.ts";
import { isLoopback } from "./endpoints.ts";
import { badAnswer } from "./failures.ts";
import type { TokenService } from "./fetch-token.ts";
import { parseChallenges } from "./parse-challenge.ts";
import type { LookupFailure } from "./registry.ts";
import type { Refused, Token, Tokens } from "./tokens.ts";
import type { Answer } from "./transport.ts";

/** What a request carries to be let in; no header where the registry asks for none. */
export interface Authorization {
  readonly kind: "authorization";
  readonly header: string | undefined;
  readonly token: Token | undefined;
}

export interface Authorizer {
  authorize(scope: string): Promise<Authorization | Refused | LookupFailure>;
  /** Reads a 401: from now on `authorize` gives what the registry wants. */
  learn(answer: Answer): Promise<Lesson | Refused | LookupFailure>;
  /** What to send in place of what the registry refused; refused where nothing else would help. */
  replace(used: Authorization, lesson: Lesson, scope: string): Promise<Authorization | Refused | LookupFailure>;
  /** The registry let this in. `replaced` is what it had refused before. */
  accept(used: Authorization, scope: string, replaced: Authorization | undefined): void;
}

interface Lesson {
  readonly kind: "lesson";
  /** The registry wants another scheme than before. */
  readonly isNew: boolean;
  /** What the registry itself says the token must cover. */
  readonly scope: string | undefined;
}

type Scheme =
  | { readonly kind: "open" }
  | { readonly kind: "basic" }
  | { readonly kind: "bearer"; readonly service: TokenService };

const refused: Refused = { kind: "refused" };

/** How one registry wants to be asked: learned from its first 401, used for every request after it. */
export function createAuthorizer(
  domain: string,
  tokens: Tokens,
  readCredentials: () => Promise<Credentials>,
): Authorizer {
  let scheme: Scheme = { kind: "open" };
  const accepted = new WeakMap<Token, Set<string>>();

  const authorize = async (scope: string): Promise<Authorization | Refused | LookupFailure> => {
    if (scheme.kind === "open") return { kind: "authorization", header: undefined, token: undefined };
    if (scheme.kind === "bearer") return toAuthorization(await tokens.read(scheme.service, scope));
    const credentials = await readCredentials();
    if (credentials.kind !== "password") return refused;
    const header = formatBasic(credentials.username, credentials.password);
    return { kind: "authorization", header, token: undefined };
  };

  const replaceToken = async (token: Token, service: TokenService, scope: string, wanted: string) => {
    tokens.drop(token);
    const wasAccepted = accepted.get(token)?.has(scope) === true;
    if (wasAccepted) return toAuthorization(await tokens.read(service, wanted));
    const couldNotHelp = token.scopes.length === 1 && token.scopes.includes(wanted);
    return couldNotHelp ? refused : toAuthorization(await tokens.readAlone(service, wanted));
  };

  return {
    authorize,
    learn: async (answer) => {
      const asked = chooseScheme(answer);
      if (asked === undefined) return refused;
      if (
        asked.kind === "bearer" &&
        !isSafeRealm(asked.service.realm, answer.url, (await readCredentials()).kind !== "none")
      )
        return badAnswer(
          domain,
          `wants tokens fetched from ${asked.service.realm.host} without encryption, which is not done`,
        );
      const isNew = asked.kind !== scheme.kind;
      scheme = asked;
      return { kind: "lesson", isNew, scope: asked.kind === "bearer" ? asked.scope : undefined };
    },
    replace: async (used, lesson, scope) => {
      const wanted = lesson.scope ?? scope;
      if (scheme.kind === "bearer" && used.token !== undefined)
        return replaceToken(used.token, scheme.service, scope, wanted);
      return used.header === undefined || lesson.isNew ? authorize(wanted) : refused;
    },
    accept: (used, scope, replaced) => {
      if (used.token === undefined) return;
      const scopes = accepted.get(used.token) ?? new Set();
      accepted.set(used.token, scopes.add(scope));
      const shared = replaced?.token;
      if (shared !== undefined && shared.scopes.length > 1 && accepted.get(shared)?.has(scope) !== true)
        tokens.askSingly();
    },
  };
}

function toAuthorization(token: Token | Refused | LookupFailure): Authorization | Refused | LookupFailure {
  return token.kind === "token" ? { kind: "authorization", header: `Bearer ${token.token}`, token } : token;
}

/** Bearer before Basic where both are offered: a password then goes to the token service only. */
function chooseScheme(
  answer: Answer,
): { kind: "basic" } | { kind: "bearer"; service: TokenService; scope: string | undefined } | undefined {
  const challenges = parseChallenges(answer.header("www-authenticate") ?? "");
  const bearer = challenges.find((challenge) => challenge.scheme === "bearer")?.parameters;
  const realm = bearer?.["realm"] === undefined ? null : URL.parse(bearer["realm"], answer.url.href);
  if (bearer !== undefined && realm !== null && /^https?:$/.test(realm.protocol))
    return { kind: "bearer", service: { realm, service: bearer["service"] }, scope: bearer["scope"] };
  return challenges.some((challenge) => challenge.scheme === "basic") ? { kind: "basic" } : undefined;
}

/** A registry that is asked in the clear may name a service on its own host, or, where there is no password to lose, any. */
function isSafeRealm(realm: URL, registry: URL, hasCredentials: boolean): boolean {
  if (realm.protocol === "https:") return true;
  if (isLoopback(realm.hostname) && isLoopback(registry.hostname)) return true;
  return registry.protocol === "http:" && (realm.hostname === registry.hostname || !hasCredentials);
}
