import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { temporaryFolder } from "../parties/temporary-folder.ts";

export interface FakeEngine extends AsyncDisposable {
  readonly socket: string;
  /** What was asked, as `GET /v1.41/containers/json?all=true`. */
  readonly asked: readonly string[];
  /** Tells all who follow that something happened. */
  emit(): void;
  /** From now on it takes calls and answers none. */
  hang(): void;
}

export interface FakeEngineOptions {
  readonly version?: Readonly<Record<string, string>>;
}

/** For what a real engine cannot show: being old, hanging, counting. It has no containers. */
export async function fakeEngine({ version }: FakeEngineOptions = {}): Promise<FakeEngine> {
  const folder = await temporaryFolder();
  const socket = join(folder.path, "engine.sock");
  const asked: string[] = [];
  let isHanging = false;
  const followers = new Set<ServerResponse>();
  const server = createServer((request: IncomingMessage, answer) => {
    const url = request.url ?? "";
    asked.push(`${request.method} ${url}`);
    if (isHanging) return;
    if (url === "/version") answer.end(JSON.stringify({ Version: "20.10.24", ApiVersion: "1.41", ...version }));
    else if (url.includes("/events")) {
      answer.flushHeaders();
      followers.add(answer);
    } else answer.end("[]");
  });
  await once(server.listen(socket), "listening");
  return {
    socket,
    asked,
    emit() {
      for (const follower of followers) follower.write('{"Type":"container","Action":"start"}\n');
    },
    hang() {
      isHanging = true;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
