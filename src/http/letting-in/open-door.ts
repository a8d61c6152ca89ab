import type { IncomingMessage } from "node:http";
import type { Caller, HttpContext } from "../http-context.ts";
import { type BrowserConnection, watchBrowsers } from "./browser-connection.ts";
import { readProxyUser } from "./proxy-user.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import { type IsTrusted, trustProxies } from "./trusted-proxies.ts";
import { countWrongTokens, type WrongTokens } from "./wrong-tokens.ts";

/** What letting in goes by. */
export interface Door {
  readonly sessions: Sessions;
  readonly wrongTokens: WrongTokens;
  readonly browsers: BrowserConnection;
  readonly isTrusted: IsTrusted;
  readonly proxyUser: (incoming: IncomingMessage) => Caller | undefined;
}

export function openDoor({ config: { ApiSettings }, store, tokens, talos }: HttpContext): Door {
  const isTrusted = trustProxies(ApiSettings.TrustedProxies);
  return {
    sessions: openSessions(store, tokens, () => talos.now()),
    wrongTokens: countWrongTokens(),
    browsers: watchBrowsers(ApiSettings.BaseUrl, isTrusted),
    isTrusted,
    proxyUser: readProxyUser(ApiSettings, isTrusted),
  };
}
