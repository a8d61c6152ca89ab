import type { Access } from "../../../config/access.ts";

/** `components.securitySchemes` */
export const securitySchemes = {
  token: { type: "http", scheme: "bearer", description: "A token of `talos token create <name> --access …`." },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "talos",
    description: "The session of the page; behind HTTPS the cookie's name begins with `__Host-` or `__Secure-`.",
  },
} as const;

/** Either will do. The role is the least access that is needed: read, operate or admin. */
export function securityFor(access: Access) {
  return [{ token: [access] }, { session: [access] }];
}
