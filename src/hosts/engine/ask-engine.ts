import { TalosError } from "../../talos-error.ts";
import { passing, unreachable } from "../host-problem.ts";
import type { Route } from "../route.ts";

export interface EngineQuestion {
  readonly host: string;
  /** To follow "could not": `stop web`. */
  readonly what: string;
  readonly route: Pick<Route, "lost">;
  /** Of who asks. */
  readonly signal: AbortSignal;
  readonly deadlineSeconds: number;
}

/**
 * One call of the Engine API, which ends with the signal, at the deadline, or when the way is lost: dockerode itself waits for ever where a
 * connection ends in the middle of an answer. Give the call the signal it gets.
 */
export async function askEngine<Answer>(
  question: EngineQuestion,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { host, what, route, signal, deadlineSeconds } = question;
  signal.throwIfAborted();
  route.lost.throwIfAborted();
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000);
  const all = AbortSignal.any([signal, route.lost, deadline]);
  const cut = Promise.withResolvers<never>();
  const onAbort = () => cut.reject(all.reason);
  all.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([call(all), cut.promise]);
  } catch (error) {
    signal.throwIfAborted();
    route.lost.throwIfAborted();
    if (deadline.aborted)
      throw new TalosError(
        "host-unreachable",
        `host ${host} could not ${what}: its engine did not answer in ${deadlineSeconds} s`,
        {
          hint: "the engine hangs, or the machine is very busy",
          retryable: true,
          cause: error,
        },
      );
    throw explainEngineError(error, host, what);
  } finally {
    all.removeEventListener("abort", onAbort);
  }
}

/** `statusCode` is what dockerode adds where the engine has answered. */
export function explainEngineError(error: unknown, host: string, what: string): unknown {
  if (!(error instanceof Error) || error instanceof TalosError) return error;
  if ("statusCode" in error && typeof error.statusCode === "number") {
    const said = engineWords(error.message) ?? `its engine answered ${error.statusCode}`;
    const code = error.statusCode === 404 ? "target-not-found" : "host-refused";
    return new TalosError(code, `host ${host} could not ${what}: ${said}`, { cause: error });
  }
  // What node:http and the socket report; anything else is a fault of ours.
  if (!("code" in error) || typeof error.code !== "string") return error;
  return unreachable(host, passing(`its engine closed the connection (${error.code})`));
}

/** dockerode puts words of its own before those of the engine. They become one line. */
function engineWords(message: string): string | undefined {
  const said = /^\(HTTP code \d+\) [^-]* - ([\s\S]*)$/.exec(message)?.[1]?.trim();
  return said === undefined || said === "" ? undefined : said.replaceAll(/\s*\n\s*/g, "; ");
}
