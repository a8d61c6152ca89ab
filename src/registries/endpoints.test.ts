import { expect, test } from "vitest";
import type { DomainSettings } from "./domain-settings.ts";
import { findEndpoint } from "./endpoints.ts";

test.each<[string, DomainSettings, readonly string[], string]>([
  ["ghcr.io", {}, ["https://ghcr.io"], ""],
  ["docker.io", {}, ["https://registry-1.docker.io"], ""],
  ["registry.local:5000", {}, ["https://registry.local:5000"], ""],
  ["localhost:5000", {}, ["http://localhost:5000", "https://localhost:5000"], ""],
  ["127.8.9.1:5000", {}, ["http://127.8.9.1:5000", "https://127.8.9.1:5000"], ""],
  ["[::1]:5000", {}, ["http://[::1]:5000", "https://[::1]:5000"], ""],
  ["127.0.0.1.example.com", {}, ["https://127.0.0.1.example.com"], ""],
  ["localhost.example.com", {}, ["https://localhost.example.com"], ""],
  ["localhost:5000", { caFile: "ca.pem" }, ["https://localhost:5000"], ""],
  ["nas:5000", { insecure: true }, ["https://nas:5000", "http://nas:5000"], ""],
  ["docker.io", { endpoint: "mirror.example" }, ["https://mirror.example"], ""],
  ["docker.io", { endpoint: "http://mirror.example:5000/" }, ["http://mirror.example:5000"], ""],
  ["docker.io", { endpoint: "https://harbor.example/hub/" }, ["https://harbor.example"], "hub/"],
  ["docker.io", { endpoint: "localhost:5000" }, ["http://localhost:5000", "https://localhost:5000"], ""],
])("%s with %j is asked at %j.", (domain, settings, origins, pathPrefix) => {
  expect(findEndpoint(domain, settings)).toMatchObject({ origins, pathPrefix });
});

test.each([
  ["ghcr.io", {}, false],
  ["localhost:5000", {}, true],
  ["localhost:5000", { caFile: "ca.pem" }, false],
  ["nas:5000", { insecure: true }, true],
  ["ghcr.io", { endpoint: "localhost:5000" }, true],
  ["localhost:5000", { endpoint: "https://elsewhere.example" }, false],
])("%s with %j accepts any certificate: %s.", (domain, settings, isInsecure) => {
  expect(findEndpoint(domain, settings).isInsecure).toBe(isInsecure);
});

test.each([
  "http://",
  "ftp://mirror.example",
  "https://tom:hunter2@mirror.example",
  "https://mirror.example?x=1",
  "a b",
])("%j is no endpoint, and is refused without showing a password.", (endpoint) => {
  expect(() => findEndpoint("docker.io", { endpoint })).toThrow(
    expect.objectContaining({
      code: "config-invalid",
      message: expect.not.stringContaining("hunter2"),
      hint: expect.stringContaining('RegistrySettings.Domains."docker.io".Endpoint'),
    }),
  );
});
