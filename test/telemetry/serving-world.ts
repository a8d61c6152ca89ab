import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { openTokens } from "../../src/tokens/open-tokens.ts";
import { openWebhookKey } from "../../src/tokens/webhook-key.ts";
import type { RunningDaemon } from "../daemon/run-daemon.ts";
import { openWorld, type WatchedRepository, type World } from "../daemon/world.ts";
import { freePort } from "../parties/free-port.ts";

export interface ServingWorld extends AsyncDisposable {
  readonly world: World;
  readonly repository: WatchedRepository;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Of the integration `registry`. */
  readonly webhookToken: string;
  /** May operate. */
  readonly apiToken: string;
  /** Starts Talos, which watches the repository and does nothing by itself after its first scan. */
  start(settings?: object, start?: Parameters<World["daemon"]>[1]): Promise<RunningDaemon>;
  /** Pushes a next version of its only image. */
  pushImage(tag: string): Promise<void>;
  /** Tells Talos of it, as a registry does. */
  notify(tag: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** One repository with one image, at 1.0.0, and a Talos with its HTTP server. `policy` as in `x-tl`. */
export async function openServingWorld(policy = "^!"): Promise<ServingWorld> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openWorld());
  const { host } = world.registry;
  const { digest } = await world.registry.push({ repository: "web", tags: ["1.0.0"], content: "1.0.0" });
  const repository = await world.repository("infra", {
    "compose.yml": `services:\n  web:\n    image: ${host}/web:1.0.0@${digest}\n    x-tl: ${policy}\n`,
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const tokens = await makeTokens(join(world.folder.path, "talos", "data"));
  const parts = stack.move();
  return {
    world,
    repository,
    url,
    ...tokens,
    start: (settings = {}, start = {}) =>
      world.daemon(
        {
          ApiSettings: { Port: port },
          ImageUpdateSettings: { Repositories: [{ Url: repository.path }] },
          ...settings,
        },
        { patienceMs: 40_000, ...start },
      ),
    async pushImage(tag) {
      await world.registry.push({ repository: "web", tags: [tag], content: tag });
    },
    notify: (tag, headers = {}) =>
      fetch(`${url}/webhooks/registry`, {
        method: "POST",
        headers: { authorization: `Bearer ${tokens.webhookToken}`, "content-type": "application/json", ...headers },
        body: JSON.stringify({
          events: [{ id: tag, action: "push", target: { repository: "web", tag }, request: { host } }],
        }),
      }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

async function makeTokens(dataDirectory: string) {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const store = openSqliteStore(join(dataDirectory, "talos.sqlite"), {});
  const webhookKey = openWebhookKey({ secretKey: undefined, dataDirectory });
  const tokens = openTokens(store, { now: Date.now, webhookKey });
  const make = async (name: string, use: Parameters<typeof tokens.create>[0]["use"]): Promise<string> => {
    const created = await tokens.create({ name, use, createdBy: "a test", expiresMs: undefined });
    if (created.kind !== "created") throw new Error(`there is no token: ${created.kind}`);
    return created.token;
  };
  const webhookToken = await make("hub", { kind: "webhook", integration: "registry" });
  const apiToken = await make("ada", { kind: "api", access: "operate" });
  await store.close();
  return { webhookToken, apiToken };
}
