import type { Clock } from "./clock.ts";
import { formatTokenAddress, type TokenService } from "./fetch-token.ts";
import type { LookupFailure } from "./registry.ts";

export interface Token {
  readonly kind: "token";
  readonly token: string;
  readonly scopes: readonly string[];
}

type FetchedToken = (Token & { readonly lifeSeconds: number }) | Refused | LookupFailure;

/** The token service refuses these scopes, together at least. */
export interface Refused {
  readonly kind: "refused";
}

export type FetchToken = (service: TokenService, scopes: readonly string[]) => Promise<FetchedToken>;

export interface Tokens {
  /** A token that covers the scope: one that is known, or one that is fetched for all who ask now. */
  read(service: TokenService, scope: string): Promise<Token | Refused | LookupFailure>;
  /** A new token for this scope and no other. */
  readAlone(service: TokenService, scope: string): Promise<Token | Refused | LookupFailure>;
  /** The registry does not accept this one. */
  drop(token: Token): void;
  /** This registry's tokens cover one scope each. */
  askSingly(): void;
}

interface KnownToken extends Token {
  readonly service: string;
  readonly expiresAt: number;
}

/** Longer addresses and headers are refused by common servers. */
const longestAddress = 4000;
const longestToken = 7000;
/** A token is not used in its last seconds: the request that carries it takes time. */
const slackMs = 10_000;

/** The tokens of one registry. */
export function createTokens(fetch: FetchToken, clock: Clock): Tokens {
  let known: readonly KnownToken[] = [];
  let largestGroup = Number.POSITIVE_INFINITY;
  const pending = new Map<string, Promise<Token | Refused | LookupFailure>>();
  const gatherings = new Map<string, { readonly scopes: Set<string>; readonly results: Promise<Results> }>();

  const remember = (service: TokenService, fetched: FetchedToken): Token | Refused | LookupFailure => {
    if (fetched.kind !== "token") return fetched;
    const lifeMs = fetched.lifeSeconds * 1000;
    const expiresAt = clock.now() + lifeMs - Math.min(slackMs, lifeMs / 2);
    const token: KnownToken = { ...fetched, service: keyOf(service), expiresAt };
    known = [...known.filter((other) => other.expiresAt > clock.now()), token];
    return token;
  };

  const fetchGroups = async (service: TokenService, groups: readonly (readonly string[])[]): Promise<Results> => {
    const results = await Promise.all(groups.map((group) => fetchGroup(service, group)));
    return new Map(results.flatMap((result) => [...result]));
  };

  const fetchGroup = async (service: TokenService, scopes: readonly string[]): Promise<Results> => {
    const fetched = await fetch(service, scopes);
    if (scopes.length === 1 || !isUnusable(fetched)) {
      const result = remember(service, fetched);
      return new Map(scopes.map((scope) => [scope, result]));
    }
    if (fetched.kind === "token") {
      largestGroup = Math.ceil(scopes.length / 2);
      return fetchGroups(service, [scopes.slice(0, largestGroup), scopes.slice(largestGroup)]);
    }
    const results = await fetchGroups(service, eachAlone(scopes));
    // All of them alone, but not together: it was not one that may not be read.
    if ([...results.values()].every((result) => result.kind === "token")) largestGroup = 1;
    return results;
  };

  /** All who ask in one turn of the event loop share a request. */
  const gather = (service: TokenService, scope: string) => {
    const gathering = gatherings.get(keyOf(service)) ?? startGathering(service);
    gathering.scopes.add(scope);
    return gathering.results.then((results) => results.get(scope) ?? refused);
  };

  const startGathering = (service: TokenService) => {
    const key = keyOf(service);
    const scopes = new Set<string>();
    const results = nextTurn().then(() => {
      gatherings.delete(key);
      return fetchGroups(service, formGroups(service, [...scopes], largestGroup));
    });
    const gathering = { scopes, results };
    gatherings.set(key, gathering);
    return gathering;
  };

  return {
    read: (service, scope) => {
      const key = keyOf(service);
      const token = known.find(
        (candidate) =>
          candidate.service === key && candidate.scopes.includes(scope) && candidate.expiresAt > clock.now(),
      );
      if (token !== undefined) return Promise.resolve(token);
      const shared = pending.get(`${key} ${scope}`) ?? gather(service, scope);
      pending.set(`${key} ${scope}`, shared);
      const forget = () => void pending.delete(`${key} ${scope}`);
      shared.then(forget, forget);
      return shared;
    },
    readAlone: async (service, scope) => remember(service, await fetch(service, [scope])),
    drop: (dropped) => {
      known = known.filter((token) => token.token !== dropped.token);
    },
    askSingly: () => {
      largestGroup = 1;
    },
  };
}

type Results = ReadonlyMap<string, Token | Refused | LookupFailure>;
const refused: Refused = { kind: "refused" };

/** For many scopes together; for one there is no other way. */
function isUnusable(fetched: FetchedToken): fetched is Refused | (Token & { readonly lifeSeconds: number }) {
  return fetched.kind === "refused" || (fetched.kind === "token" && fetched.token.length > longestToken);
}

function keyOf(service: TokenService): string {
  return `${service.realm.href} ${service.service ?? ""}`;
}

function eachAlone(scopes: readonly string[]): readonly (readonly string[])[] {
  return scopes.map((scope) => [scope]);
}

function formGroups(service: TokenService, scopes: readonly string[], largest: number): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const scope of scopes) {
    const last = groups.at(-1);
    const isRoom =
      last !== undefined &&
      last.length < largest &&
      formatTokenAddress(service, [...last, scope]).href.length <= longestAddress;
    if (isRoom) last.push(scope);
    else groups.push([scope]);
  }
  return groups;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
