import { randomUUID } from "node:crypto";
import type { RedisConnection } from "./redis-connection.ts";
import type { Change, WriteOutcome } from "./store.ts";

export async function writeToRedis(
  { run }: RedisConnection,
  prefix: string,
  changes: readonly Change[],
  lease: { readonly name: string; readonly token: string } | undefined,
): Promise<WriteOutcome> {
  const texts = [prefix, randomUUID(), lease?.name ?? "", lease?.token ?? "", ...changes.flatMap(formatChange)];
  const outcome = await run((redis) => redis.talosWrite(...texts));
  return outcome === "written" || outcome === "conflict" ? outcome : "lease-lost";
}

/** Kind, name, key, value, number, life: the six texts that the script takes. */
function formatChange(change: Change): readonly string[] {
  switch (change.kind) {
    case "put":
      return [
        "put",
        change.collection,
        change.key,
        JSON.stringify(change.value ?? null),
        String(change.expectedVersion ?? ""),
        "",
      ];
    case "delete":
      return ["delete", change.collection, change.key, "", String(change.expectedVersion ?? ""), ""];
    case "append":
      return ["append", change.log, "", JSON.stringify(change.value ?? null), String(change.atMs), ""];
    case "count":
      return [
        "count",
        change.window,
        change.id,
        String(change.count),
        String(change.atMs),
        String(Math.ceil(change.keepSeconds * 1000)),
      ];
  }
}
