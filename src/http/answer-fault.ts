import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { TalosError } from "../talos-error.ts";
import type { HttpEnvironment, HttpLog } from "./http-context.ts";
import { problem } from "./problem.ts";
import { reportFault } from "./report-fault.ts";

/** What no route has answered itself: the store is away, or there is a fault of Talos, which others are not told about. */
export function answerFault(error: Error, asking: Context<HttpEnvironment>, log: HttpLog): Response {
  if (error instanceof TalosError) return answerFailure(error, asking);
  if (error instanceof HTTPException && error.status < 500)
    return problem(asking, 400, { code: "usage", title: "The request cannot be read", detail: error.message });
  // Nobody is there to read it.
  if (asking.req.raw.signal.aborted)
    return problem(asking, 408, { code: "timed-out", title: "The request did not end" });
  const { method, path } = asking.req;
  return problem(asking, 500, reportFault(error, log, { method, path }));
}

/** What failed may name machines: that is for who was let in. */
function answerFailure({ code, message, hint, retryable }: TalosError, asking: Context<HttpEnvironment>): Response {
  const status = retryable ? 503 : 500;
  const facts = { code, title: "Talos cannot do that now" };
  const caller: unknown = asking.get("caller");
  if (caller === undefined) return problem(asking, status, facts);
  return problem(asking, status, { ...facts, detail: message, ...(hint === undefined ? {} : { hint }) });
}
