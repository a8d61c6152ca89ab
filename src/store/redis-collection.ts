import type { RedisConnection } from "./redis-connection.ts";
import type { Collection, Store, StoredDocument } from "./store.ts";

/** No UTF-8 text holds this byte, so that it is above whatever follows a prefix. */
const aboveText = Buffer.from([0xff]);

export function createRedisCollection(
  { run }: RedisConnection,
  prefix: string,
  collection: string,
  write: Store["write"],
): Collection {
  const read = (key: string) => run((redis) => redis.hget(`${prefix}documents:${collection}`, key));
  return {
    get: async (key) => {
      const row = await read(key);
      return row === null ? undefined : parseRow(key, row);
    },
    getUnless: async (version, key) => {
      const row = await read(key);
      if (row === null) return undefined;
      return row.startsWith(`${version} `) ? "same" : parseRow(key, row);
    },
    list: async (keyPrefix) => {
      const last = Buffer.concat([Buffer.from(`(${keyPrefix}`), aboveText]);
      const rows = await run((redis) => redis.talosList(prefix, collection, `[${keyPrefix}`, last));
      return rows.flatMap((key, index) => (index % 2 === 0 ? [parseRow(key, rows[index + 1] ?? "")] : []));
    },
    revision: async () => undefined,
    put: async (key, value, expectedVersion) =>
      (await write([{ kind: "put", collection, key, value, expectedVersion }])) === "written",
    putAll: async (entries) => void (await write(entries.map((entry) => ({ kind: "put", collection, ...entry })))),
    delete: async (key) => void (await write([{ kind: "delete", collection, key }])),
  };
}

/** `<version> <json>` */
function parseRow(key: string, row: string): StoredDocument {
  const end = row.indexOf(" ");
  return { key, value: JSON.parse(row.slice(end + 1)), version: Number(row.slice(0, end)) };
}
