import { expect, test } from "vitest";
import { basePath, withoutBasePath } from "./base-path.ts";

test.each([
  ["http://localhost", ""],
  ["https://api.example.com/", ""],
  ["https://api.example.com/talos", "/talos"],
  ["https://api.example.com/a/talos//", "/a/talos"],
])("The prefix of %s is %j.", (url, expected) => {
  expect(basePath(url)).toBe(expected);
});

test.each([
  ["", "/api/v1/queue", "/api/v1/queue"],
  ["/talos", "/talos/api/v1/queue", "/api/v1/queue"],
  ["/talos", "/api/v1/queue", "/api/v1/queue"],
  ["/talos", "/talos", "/"],
  ["/talos", "/talos/", "/"],
  ["/talos", "/talosx/updates", "/talosx/updates"],
  ["/talos", "/updates", "/updates"],
  ["/api", "/api/v1/queue", "/api/v1/queue"],
  ["/api", "/api/api/v1/queue", "/api/v1/queue"],
  ["/api", "/api/updates", "/updates"],
  ["/webhooks", "/webhooks/gitlab", "/webhooks/gitlab"],
  ["/webhooks", "/webhooks/webhooks/gitlab", "/webhooks/gitlab"],
])("Behind the prefix %j, %s means %s.", (base, path, expected) => {
  expect(withoutBasePath(path, base)).toBe(expected);
});
