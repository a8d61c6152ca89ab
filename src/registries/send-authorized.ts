import type { Authorization, Authorizer } from "./authorization.ts";
import { isBusy } from "./backoff.ts";
import { badAnswer } from "./failures.ts";
import type { Followed } from "./follow-redirects.ts";
import type { LookupTime } from "./lookup-time.ts";
import type { LookupFailure, Repository } from "./registry.ts";
import type { RegistryRequest, SendToRegistry } from "./send-to-registry.ts";

export interface AuthorizedSendOptions {
  readonly domain: string;
  /** The registry's own: only from there is a 401 a question to us. */
  readonly origins: readonly string[];
  readonly pathPrefix: string;
  readonly authorizer: Authorizer;
  readonly send: SendToRegistry;
  readonly describeRefusal: (repository: Repository) => Promise<LookupFailure>;
  /** It is known how the registry wants to be asked. */
  readonly onLearned: () => void;
}

/** With a fresh token after the first 401, and once more where the registry asks for another scope or scheme; then it is a refusal. */
const mostRefusals = 2;

export async function sendAuthorized(
  request: RegistryRequest,
  time: LookupTime,
  options: AuthorizedSendOptions,
): Promise<Followed | LookupFailure> {
  const { authorizer } = options;
  const scope = `repository:${options.pathPrefix}${request.repository.path}:pull`;
  let replaced: Authorization | undefined;
  let authorization = await authorizer.authorize(scope);
  for (let refusals = 0; ; refusals += 1) {
    if (authorization.kind === "refused") return options.describeRefusal(request.repository);
    if (authorization.kind !== "authorization") return authorization;
    const sent = await options.send(request, authorization.header, time);
    if (sent.kind !== "answer") return sent;
    const { answer } = sent;
    const isOwn = options.origins.includes(answer.url.origin);
    if (!isOwn && answer.status >= 400 && answer.status < 500 && answer.status !== 429)
      return badAnswer(options.domain, `sends to ${answer.url.host}, which answered ${answer.status}`);
    if (answer.status !== 401) {
      if (!isBusy(answer)) options.onLearned();
      if (answer.status === 403) return options.describeRefusal(request.repository);
      authorizer.accept(authorization, scope, replaced);
      return sent;
    }
    const lesson = await authorizer.learn(answer);
    options.onLearned();
    if (lesson.kind !== "lesson")
      return lesson.kind === "refused" ? options.describeRefusal(request.repository) : lesson;
    if (refusals === mostRefusals) return options.describeRefusal(request.repository);
    replaced = authorization;
    authorization = await authorizer.replace(authorization, lesson, scope);
  }
}
