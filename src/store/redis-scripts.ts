// Every change of several keys is one of these scripts, which Redis runs as one step. They build names of keys from the
// prefix they are given, so that this needs one Redis and no cluster. The layout is in docs/store.md.
import type { ClientContext, Result } from "ioredis";

/** A row of a document is its version, a blank, and its JSON. */
const documents = `
local function readVersion(collection, key)
  local row = redis.call('HGET', prefix .. 'documents:' .. collection, key)
  return row and tonumber(string.match(row, '^%d+')) or 0
end
local function readDeleted(collection)
  return tonumber(redis.call('HGET', prefix .. 'deleted-versions', collection) or '0')
end
`;

/**
 * ARGV: prefix, id of this write, name of the lease, token of the lease (or nothing), then six texts per change. A write
 * that is sent again, because its answer was lost with the connection, is answered and not made again. Versions are
 * counted without writing first, as nothing can be taken back.
 */
const write = `
local prefix, id, lease, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local done = prefix .. 'written:' .. id
local known = redis.call('GET', done)
if known then return known end
if token ~= '' and redis.call('GET', prefix .. 'lease:' .. lease) ~= token then return 'lease-lost' end
${documents}
local versions, deleted, steps = {}, {}, {}
local function apply(kind, name, key, value, number, extra)
  if kind == 'append' then
    table.insert(steps, function()
      local position = redis.call('HINCRBY', prefix .. 'log-ends', name, 1)
      redis.call('XADD', prefix .. 'log:' .. name, position .. '-0', 'at', number, 'value', value)
    end)
    return true
  end
  if kind == 'count' then
    table.insert(steps, function()
      local times, counts = prefix .. 'window-times:' .. name, prefix .. 'window-counts:' .. name
      redis.call('ZADD', times, number, key)
      redis.call('HSET', counts, key, value)
      local oldest = '(' .. string.format('%.17g', tonumber(number) - tonumber(extra))
      for _, old in ipairs(redis.call('ZRANGEBYSCORE', times, '-inf', oldest)) do
        redis.call('ZREM', times, old)
        redis.call('HDEL', counts, old)
      end
      for _, each in ipairs({ times, counts }) do
        if redis.call('PTTL', each) < tonumber(extra) then redis.call('PEXPIRE', each, extra) end
      end
    end)
    return true
  end
  local row = name .. '\\0' .. key
  local version = versions[row] or readVersion(name, key)
  if number ~= '' and tonumber(number) ~= version then return false end
  deleted[name] = deleted[name] or readDeleted(name)
  local hash, keys = prefix .. 'documents:' .. name, prefix .. 'keys:' .. name
  if kind == 'put' then
    local next = (version > 0 and version or deleted[name]) + 1
    versions[row] = next
    table.insert(steps, function()
      redis.call('HSET', hash, key, string.format('%d', next) .. ' ' .. value)
      redis.call('ZADD', keys, 0, key)
    end)
  elseif version > 0 then
    versions[row] = 0
    deleted[name] = math.max(deleted[name], version)
    local highest = string.format('%d', deleted[name])
    table.insert(steps, function()
      redis.call('HSET', prefix .. 'deleted-versions', name, highest)
      redis.call('HDEL', hash, key)
      redis.call('ZREM', keys, key)
    end)
  end
  return true
end
for at = 5, #ARGV, 6 do
  if not apply(ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5]) then return 'conflict' end
end
for _, step in ipairs(steps) do step() end
redis.call('SET', done, 'written', 'EX', 120)
return 'written'
`;

/** ARGV: prefix, collection, first and last bound of the keys. Answers key, row, key, row … */
const list = `
local rows = {}
for _, key in ipairs(redis.call('ZRANGEBYLEX', ARGV[1] .. 'keys:' .. ARGV[2], ARGV[3], ARGV[4])) do
  table.insert(rows, key)
  table.insert(rows, redis.call('HGET', ARGV[1] .. 'documents:' .. ARGV[2], key))
end
return rows
`;

/** ARGV: prefix, log, time. Entries lie nearly in the order of their times: it ends where 500 together are younger. */
const trim = `
local key, from = ARGV[1] .. 'log:' .. ARGV[2], '-'
while true do
  local entries, removed = redis.call('XRANGE', key, from, '+', 'COUNT', 500), 0
  for _, entry in ipairs(entries) do
    if tonumber(entry[2][2]) < tonumber(ARGV[3]) then removed = removed + redis.call('XDEL', key, entry[1]) end
  end
  if #entries < 500 or removed == 0 then return 'OK' end
  from = '(' .. entries[#entries][1]
end
`;

/** ARGV: prefix, window, time. Answers id, time, count, id … */
const since = `
local rows, name = {}, ARGV[2]
local found = redis.call('ZRANGEBYSCORE', ARGV[1] .. 'window-times:' .. name, ARGV[3], '+inf', 'WITHSCORES')
for at = 1, #found, 2 do
  table.insert(rows, found[at])
  table.insert(rows, found[at + 1])
  table.insert(rows, redis.call('HGET', ARGV[1] .. 'window-counts:' .. name, found[at]))
end
return rows
`;

/** ARGV: prefix, lease, token, life in ms. Answers the fence, or 0 when somebody else holds it. */
const takeLease = `
local key, fences = ARGV[1] .. 'lease:' .. ARGV[2], ARGV[1] .. 'fences'
local holder = redis.call('GET', key)
if holder == ARGV[3] then
  redis.call('PEXPIRE', key, ARGV[4])
  return tonumber(redis.call('HGET', fences, ARGV[2]))
end
if holder then return 0 end
redis.call('SET', key, ARGV[3], 'PX', ARGV[4])
return redis.call('HINCRBY', fences, ARGV[2], 1)
`;

const renewLease = `
local key = ARGV[1] .. 'lease:' .. ARGV[2]
return redis.call('GET', key) == ARGV[3] and redis.call('PEXPIRE', key, ARGV[4]) or 0
`;

const giveLeaseBack = `
local key = ARGV[1] .. 'lease:' .. ARGV[2]
return redis.call('GET', key) == ARGV[3] and redis.call('DEL', key) or 0
`;

export const redisScripts = {
  talosWrite: { lua: write, numberOfKeys: 0 },
  talosList: { lua: list, numberOfKeys: 0 },
  talosTrim: { lua: trim, numberOfKeys: 0 },
  talosSince: { lua: since, numberOfKeys: 0 },
  talosTakeLease: { lua: takeLease, numberOfKeys: 0 },
  talosRenewLease: { lua: renewLease, numberOfKeys: 0 },
  talosGiveLeaseBack: { lua: giveLeaseBack, numberOfKeys: 0 },
} as const;

declare module "ioredis" {
  interface RedisCommander<Context extends ClientContext> {
    talosWrite(...texts: readonly string[]): Result<string, Context>;
    talosList(
      prefix: string,
      collection: string,
      first: string | Buffer,
      last: string | Buffer,
    ): Result<readonly string[], Context>;
    talosTrim(prefix: string, log: string, beforeMs: number): Result<string, Context>;
    talosSince(prefix: string, window: string, atMs: number): Result<readonly string[], Context>;
    talosTakeLease(prefix: string, lease: string, token: string, ttlMs: number): Result<number, Context>;
    talosRenewLease(prefix: string, lease: string, token: string, ttlMs: number): Result<number, Context>;
    talosGiveLeaseBack(prefix: string, lease: string, token: string): Result<number, Context>;
  }
}
