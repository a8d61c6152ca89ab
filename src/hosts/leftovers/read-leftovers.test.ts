import { expect, test } from "vitest";
import { type EngineLists, readLeftovers } from "./read-leftovers.ts";

const image = { Id: "sha256:0123456789abcdef", RepoTags: null, RepoDigests: null, Size: 5, Created: 7 };
const network = { Id: "n1", Name: "old_default", Scope: "local", Containers: {} };
const container = { ImageID: "sha256:run", HostConfig: { NetworkMode: "default" }, NetworkSettings: { Networks: {} } };
const cache = { Size: 10, InUse: false, Shared: false, Type: "regular" };

function read(lists: Partial<EngineLists>) {
  return readLeftovers({ containers: [], images: [], networks: [], usage: {}, ...lists });
}

test.each([
  ["by its digest", { RepoDigests: ["web@sha256:1"], RepoTags: ["<none>:<none>"] }, ["web@sha256:1"]],
  ["by its id", { RepoDigests: ["<none>@<none>"], RepoTags: ["<none>:<none>"] }, ["0123456789ab"]],
  ["by its id, when it says nothing", {}, ["0123456789ab"]],
  ["not at all, when it has a tag", { RepoTags: ["web:1"] }, []],
  ["not at all, when a container has it", { Id: "sha256:run" }, []],
])("an image is named %s", (_title, facts, names) => {
  const { images } = read({ images: [{ ...image, ...facts }], containers: [container] });
  expect(images.map(({ name }) => name)).toEqual(names);
  for (const each of images) expect(each).toMatchObject({ id: image.Id, bytes: 5, createdMs: 7000 });
});

test.each([
  ["nobody is in", {}, [], true],
  ["is the engine's", { Name: "bridge" }, [], false],
  ["is the swarm's", { Scope: "swarm" }, [], false],
  ["is the swarm's on this host", { Name: "docker_gwbridge" }, [], false],
  ["is a pattern for others", { ConfigOnly: true }, [], false],
  ["a container is in", { Containers: { abc: {} } }, [], false],
  [
    "a container that has ended was in",
    {},
    [{ ...container, NetworkSettings: { Networks: { old_default: {} } } }],
    false,
  ],
  [
    "a container knows by its id",
    {},
    [{ ...container, NetworkSettings: { Networks: { x: { NetworkID: "n1" } } } }],
    false,
  ],
  ["a container was made for", {}, [{ ...container, HostConfig: { NetworkMode: "old_default" } }], false],
])("a network that %s", (_title, facts, containers, isLeft) => {
  const { networks } = read({ networks: [{ ...network, ...facts }], containers });
  expect(networks).toEqual(isLeft ? [{ id: "n1", name: "old_default" }] : []);
});

test("build cache counts as far as nothing uses it", () => {
  const others = [{ InUse: true }, { Shared: true }, { Type: "internal" }, { Type: "frontend" }];
  const BuildCache = [cache, { ...cache, Size: 3 }, ...others.map((facts) => ({ ...cache, ...facts }))];
  expect(read({ usage: { BuildCache } }).buildCacheBytes).toBe(13);
  expect(read({ usage: { BuildCache: null } }).buildCacheBytes).toBe(0);
});
