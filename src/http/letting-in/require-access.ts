import { createMiddleware } from "hono/factory";
import { type Access, includesAccess } from "../../config/access.ts";
import type { HttpEnvironment } from "../http-context.ts";
import { refuseAccess } from "./refusals.ts";

/** For routes behind `letIn`, which asks for `read` by itself. */
export function requireAccess(wanted: Access) {
  return createMiddleware<HttpEnvironment>(async (asking, next) => {
    const { access } = asking.get("caller");
    if (!includesAccess(access, wanted)) return refuseAccess(asking, access, wanted);
    await next();
    return undefined;
  });
}
