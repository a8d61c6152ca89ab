import { expect, test } from "vitest";
import { findRedisNotices } from "./redis-notices.ts";

const endpoint = { host: "redis", port: 6379, username: undefined, password: undefined, tls: false, database: 0 };

test.each([
  ["7.0.15", "noeviction", []],
  ["6.2.0", "noeviction", []],
  ["6.0.16", "noeviction", ["Redis at redis:6379 is version 6.0.16; Talos needs 6.2 or newer."]],
  [
    "10.0.0",
    "allkeys-lru",
    ["Redis at redis:6379 may drop what Talos keeps: set its maxmemory-policy, now allkeys-lru, to noeviction."],
  ],
])("Version %s with the policy %s gives %j", (version, policy, notices) => {
  const info = `# Server\r\nredis_version:${version}\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`;
  expect(findRedisNotices(endpoint, info)).toEqual(notices);
});
