import { describe, expect, test } from "vitest";
import {
  distributionEnvelope,
  dockerHubPush,
  harborCloudEvent,
  harborPush,
  quayPush,
} from "../../../../test/fixtures/webhook-payloads.ts";
import { readImage } from "./read-image.ts";
import { readRegistry } from "./read-registry.ts";

const pushed = (...images: readonly (readonly [string, string])[]) => ({
  kind: "events",
  events: images.map(([domain, path]) => ({ kind: "image", repository: { domain, path } })),
});

test.each([
  ["distribution", distributionEnvelope, "registry.example.com:5000", "team/app"],
  ["Docker Hub", dockerHubPush, "docker.io", "svendowideit/testhook"],
  ["Harbor", harborPush, "hub.harbor.com", "test-webhook/debian"],
  ["Harbor before version 2", { ...harborPush, type: "pushImage" }, "hub.harbor.com", "test-webhook/debian"],
  ["Harbor with CloudEvents", harborCloudEvent, "hub.harbor.com", "test-webhook/debian"],
  ["Quay", quayPush, "quay.io", "mynamespace/repository"],
])("What was pushed to %s is read.", (_, payload, domain, path) => {
  expect(readRegistry(payload)).toEqual(pushed([domain, path]));
});

test.each([
  [{ ...harborPush, type: "SCANNING_COMPLETED" }, 'events of the type "SCANNING_COMPLETED" are not used'],
  [{ ...harborCloudEvent, type: "harbor.artifact.pulled" }, 'events of the type "harbor.artifact.pulled" are not used'],
  [{ ...quayPush, updated_tags: undefined, build_id: "1" }, undefined],
  [{ events: [] }, "no image was pushed"],
])("Other events are ignored: %#.", (payload, text) => {
  const { updated_tags: _, ...built } = { updated_tags: undefined, ...payload };
  expect(readRegistry(built)).toMatchObject({ kind: "ignored", text: text ?? "no image was pushed" });
});

test.each([
  [{}, "this is no notification of distribution, Docker Hub, Harbor or Quay"],
  [{ events: {} }, "events must be a list"],
  [{ events: [5] }, "an entry of events: it must be an object"],
  [{ events: [{ action: "push" }] }, "an entry of events: target is missing"],
  [{ push_data: {} }, "repository is missing"],
  [{ push_data: {}, repository: { repo_name: "../x" } }, "repository.repo_name is no image"],
  [{ event_data: {} }, "type is missing"],
  [{ type: "PUSH_ARTIFACT", event_data: { resources: [{}] } }, "event_data.resources.0.resource_url is missing"],
  [{ type: "PUSH_ARTIFACT", event_data: { resources: [{ resource_url: "x" }] } }, '"x" is no image'],
  [{ specversion: "1.0", type: "harbor.artifact.pushed" }, "data is missing"],
  [{ docker_url: "quay.io", updated_tags: [] }, "docker_url is no image"],
])("%j is malformed.", (payload, text) => {
  expect(readRegistry(payload)).toEqual({ kind: "malformed", text });
});

describe("An envelope of distribution", () => {
  const [first] = distributionEnvelope.events;
  const event = (target: object, request: object | undefined = first?.request, action = "push") => ({
    ...first,
    action,
    target: { ...first?.target, ...target },
    request,
  });
  const read = (...events: readonly object[]) => readRegistry({ events });

  test("names each image once, under each name of its registry.", () => {
    const proxied = event({ url: "http://registry:5000/v2/team/app/manifests/1" });
    expect(read(proxied, proxied, event({ repository: "team/other" }))).toEqual(
      pushed(
        ["registry.example.com:5000", "team/app"],
        ["registry:5000", "team/app"],
        ["registry.example.com:5000", "team/other"],
      ),
    );
  });

  test.each([
    ["application/vnd.docker.distribution.manifest.v2+json"],
    ["application/vnd.docker.distribution.manifest.list.v2+json"],
    ["application/vnd.oci.image.manifest.v1+json"],
    ["application/vnd.oci.image.index.v1+json"],
  ])("has images of the type %s.", (mediaType) => {
    expect(read(event({ mediaType, tag: undefined }))).toMatchObject({ kind: "events" });
  });

  test.each([["pull"], ["delete"], ["mount"]])("has others that are ignored: %s.", (action) => {
    expect(read(event({}, first?.request, action))).toMatchObject({ kind: "ignored" });
  });

  test("with layers alone is ignored, and one that is endless is refused.", () => {
    expect(read(event({ mediaType: "application/octet-stream", tag: undefined }))).toMatchObject({ kind: "ignored" });
    expect(read(...Array.from({ length: 1001 }, () => event({})))).toMatchObject({ kind: "malformed" });
  });
});

test.each([
  ["docker.io/redis:7", "docker.io", "library/redis"],
  ["index.docker.io/me/app", "docker.io", "me/app"],
  ["Registry.Example.com/me/app:1@sha256:" + "0".repeat(64), "registry.example.com", "me/app"],
  ["registry/me/app", "registry", "me/app"],
  ["[::1]:5000/app", "[::1]:5000", "app"],
  ["ghcr.io/me/app:", "ghcr.io", "me/app"],
])("%s is %s, %s.", (written, domain, path) => {
  expect(readImage(written)?.repository).toEqual({ domain, path });
});

test.each([
  [""],
  ["/"],
  ["redis"],
  ["/app"],
  ["user@host/app"],
  ["host:99999/app"],
  ["host/../app"],
  ["host/App"],
  ["ho st/app"],
  ["host\\x/app"],
  ["host?/app"],
])("%j is no image.", (written) => {
  expect(readImage(written)).toBeUndefined();
});
