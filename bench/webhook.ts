import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openWorld } from "../test/daemon/world.ts";
import { gitServer } from "../test/parties/git-server.ts";
import { webhookDoor } from "../test/webhooks/webhook-door.ts";

const pushes = 30;
const services = 20;
const lookMs = 5;
const longestMs = 30_000;

export interface WebhookFigures {
  readonly pushes: number;
  readonly services: number;
  readonly medianSeconds: number;
  readonly percentile95Seconds: number;
  readonly longestSeconds: number;
}

/** An image is pushed, its registry says so, and the commit with it arrives on the branch: for how long that takes. */
export async function measureWebhook(): Promise<WebhookFigures> {
  await using world = await openWorld();
  const { registry } = world;
  const push = (name: string, tag: string) => registry.push({ repository: name, tags: [tag], content: tag });
  const names = Array.from({ length: services }, (_, number) => `service${number}`);
  const written = [];
  for (const name of names) {
    const { digest } = await push(name, "1.0.0");
    written.push(`  ${name}:\n    image: ${registry.host}/${name}:1.0.0@${digest}\n    x-tl: ^!\n`);
  }
  const repository = await world.repository("home/infra", { "compose.yml": `services:\n${written.join("")}` });
  await using git = await gitServer(world.folder.path);
  const door = await webhookDoor({ folder: join(world.folder.path, "talos") });
  const daemon = await world.daemon({
    ...door.settings,
    ImageUpdateSettings: {
      Schedule: { Type: "Delay", DelaySeconds: 3600 },
      Repositories: [{ Url: `${git.url}/home/infra.git` }],
    },
  });
  await daemon.waitFor("a scan", ({ kind }) => kind === "scan-finished");
  const head = () => readFile(join(repository.path, "refs/heads/main"), "utf8");
  const seconds: number[] = [];
  for (let number = 1; number <= pushes; number += 1) {
    const name = names[number % services] ?? "";
    await push(name, `1.0.${number}`);
    const before = await head();
    const beginMs = performance.now();
    const target = { mediaType: "application/vnd.oci.image.manifest.v1+json", repository: name, tag: `1.0.${number}` };
    const event = { id: String(number), action: "push", target, request: { host: registry.host } };
    if ((await door.post("registry", { events: [event] })) !== 202) throw new Error("the webhook was not taken");
    while ((await head()) === before) {
      if (performance.now() - beginMs > longestMs) throw new Error(`nothing was pushed for ${name}`);
      await delay(lookMs);
    }
    seconds.push((performance.now() - beginMs) / 1000);
    if (!(await repository.read("compose.yml")).includes(`/${name}:1.0.${number}@`))
      throw new Error(`what was pushed is not ${name}:1.0.${number}`);
  }
  await daemon.stop();
  seconds.sort((one, other) => one - other);
  const at = (share: number) => seconds[Math.ceil(seconds.length * share) - 1] ?? Number.NaN;
  return { pushes, services, medianSeconds: at(0.5), percentile95Seconds: at(0.95), longestSeconds: at(1) };
}
