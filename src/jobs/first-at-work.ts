import type { Redis } from "ioredis";

/** The name this connection bears from now on, by which others see that somebody is at work, and since when. */
export async function nameWorker(client: Redis, prefix: string): Promise<string> {
  const [seconds, micros] = await client.time();
  const name = `${workerPrefix(client, prefix)}${seconds}.${String(micros).padStart(6, "0")}`;
  await client.client("SETNAME", name);
  return name;
}

/**
 * Whether nobody has been at work for longer than the bearer of this name. Connections end with their process, also when
 * that is killed, and of several that begin together exactly one is the first. Where connections may not be listed, each
 * is: a run too many is better than none.
 */
export async function isFirstAtWork(client: Redis, prefix: string, name: string): Promise<boolean> {
  const others = (await listConnections(client)).filter((other) => other.startsWith(workerPrefix(client, prefix)));
  return others.every((other) => other >= name);
}

async function listConnections(client: Redis): Promise<readonly string[]> {
  try {
    const list = String(await client.client("LIST"));
    return [...list.matchAll(/ name=(\S+)/g)].flatMap((match) => match[1] ?? []);
  } catch {
    return [];
  }
}

function workerPrefix(client: Redis, prefix: string): string {
  return `talos-jobs/${client.options.db ?? 0}/${encodeURIComponent(prefix)}/`;
}
