import type { IncomingMessage, ServerResponse } from "node:http";
import { judgeCall } from "../judge/judge-call.ts";
import type { DiscordState } from "../state/discord-state.ts";
import type { RateLimiter } from "./rate-limits.ts";
import { readRequest } from "./read-request.ts";
import type { RestAnswer } from "./rest-answer.ts";
import type { RestCall } from "./rest-call.ts";
import { type RestFault, type RestFaults, tooMany } from "./rest-faults.ts";
import { type FoundRoute, findRoute, needsBotToken } from "./routes.ts";

export interface RestParts {
  readonly state: DiscordState;
  readonly faults: RestFaults;
  readonly limiter: RateLimiter;
  readonly calls: RestCall[];
  readonly violations: string[];
  readonly gatewayUrl: () => string;
  readonly token: () => string;
  readonly tell: () => void;
}

const version = "/api/v10";

/** Answers one call; `response` may be ended without one when a fault wants it so. */
export async function serveRest(parts: RestParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://discord");
  const path = url.pathname.startsWith(version) ? url.pathname.slice(version.length) : url.pathname;
  const found = findRoute(request.method ?? "GET", path);
  const { json, files } = await readRequest(request);
  const call: RestCall = {
    route: found?.name ?? `${request.method} ${path}`,
    path,
    query: url.searchParams,
    ids: found?.ids ?? {},
    body: json,
    files,
    atMs: Date.now(),
    status: undefined,
  };
  parts.calls.push(call);
  parts.tell();
  const answer = await answerWithFaults(parts, found, call, request);
  call.status = answer?.status;
  parts.tell();
  if (answer === undefined) request.socket.destroy();
  else send(response, answer);
}

async function answerWithFaults(
  parts: RestParts,
  found: FoundRoute | undefined,
  call: RestCall,
  request: IncomingMessage,
): Promise<RestAnswer | undefined> {
  const fault = parts.faults.take(call.route);
  if (fault === undefined) return act(parts, found, call, request);
  if (happensBefore(fault)) {
    if ("slow" in fault) await fault.slow;
  } else {
    const answer = act(parts, found, call, request);
    parts.tell();
    if (!("slow" in fault)) return wrong(fault);
    await fault.slow;
    return answer;
  }
  return "slow" in fault ? act(parts, found, call, request) : wrong(fault);
}

function happensBefore(fault: RestFault["kind"]): boolean {
  if ("disconnect" in fault) return fault.disconnect === "before";
  return !("isDone" in fault && fault.isDone === true);
}

/** Undefined: no answer, the connection ends. */
function wrong(fault: RestFault["kind"]): RestAnswer | undefined {
  if ("retryAfterSeconds" in fault) return tooMany(fault.retryAfterSeconds, fault.isGlobal === true, "0".repeat(32));
  if ("answer" in fault)
    return { status: fault.answer, body: { message: `${fault.answer}: as told`, code: fault.code ?? 0 } };
  return undefined;
}

function act(parts: RestParts, found: FoundRoute | undefined, call: RestCall, request: IncomingMessage): RestAnswer {
  if (call.path === "/gateway/bot" || call.path === "/gateway") return describeGateway(parts, request);
  if (found === undefined) {
    parts.violations.push(`${call.route}: the stand-in for Discord has no such route`);
    return { status: 404, body: { message: "404: Not Found", code: 0 } };
  }
  if (needsBotToken(found.name) && !isSignedIn(parts, request)) return unauthorized;
  const { headers, refusal } = parts.limiter.count(call.route, call.ids.channel ?? call.ids.token ?? "", call.atMs);
  if (refusal !== undefined) return refusal;
  const violations = judgeCall(call);
  if (violations.length > 0) {
    for (const { path, what } of violations)
      parts.violations.push(`${call.route}: ${path === "" ? "body" : path}: ${what}`);
    return { status: 400, body: { message: "Invalid Form Body", code: 50035, errors: { judge: violations } } };
  }
  const answer = found.run(parts.state, call);
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

const unauthorized: RestAnswer = { status: 401, body: { message: "401: Unauthorized", code: 0 } };

function isSignedIn(parts: RestParts, request: IncomingMessage): boolean {
  return request.headers.authorization === `Bot ${parts.token()}`;
}

function describeGateway(parts: RestParts, request: IncomingMessage): RestAnswer {
  if (!isSignedIn(parts, request)) return unauthorized;
  const limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 };
  return { status: 200, body: { url: parts.gatewayUrl(), shards: 1, session_start_limit: limit } };
}

function send(response: ServerResponse, { status, body, headers }: RestAnswer): void {
  const type = body === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
