import fc from "fast-check";
import { expect, test } from "vitest";
import { askOperation } from "../../../test/fixtures/ask-operation.ts";
import { fakeHost } from "../../../test/fixtures/fake-host.ts";
import { fakeTalos, nowMs } from "../../../test/fixtures/fake-talos.ts";
import type { Leftovers } from "../../hosts/leftovers.ts";
import { fingerprintLeftovers } from "./describe-leftovers.ts";

const digest = `sha256:${"a".repeat(64)}`;
const old = { id: "sha256:1", name: `redis@${digest}`, bytes: 1_200_000_000, createdMs: nowMs };
const older = { id: "sha256:2", name: digest, bytes: 300_000_000, createdMs: nowMs };
const leftovers: Leftovers = { images: [old, older], networks: [{ id: "n1", name: "media" }], buildCacheBytes: 5000 };
const nothing: Leftovers = { images: [], networks: [], buildCacheBytes: 0 };

function openScene(there: Leftovers = leftovers) {
  const nas = fakeHost("nas", { leftovers: there });
  const talos = fakeTalos([], { hosts: [nas] });
  const prune = (given: object = {}) => askOperation(talos, "host prune", { host: "nas", ...given });
  return { nas, prune };
}

const shown = [
  { text: "nothing on nas uses 2 images (1.5 GB), 1 network, 5.0 kB of build cache" },
  {
    columns: ["image", "size", "created"],
    rows: [
      ["redis@aaaaaaaa", "1.2 GB", { atMs: nowMs }],
      ["aaaaaaaaaaaa", "300 MB", { atMs: nowMs }],
    ],
  },
  { columns: ["network"], rows: [["media"]] },
  { fields: [{ name: "build cache", value: "5.0 kB" }] },
  { operation: "host prune", arguments: { host: "nas", confirm: fingerprintLeftovers(leftovers) }, tone: "bad" },
];

test("shows what nothing uses, and removes exactly that once it is confirmed", async () => {
  const { nas, prune } = openScene();
  expect((await prune()).view).toMatchObject(shown);
  expect(nas.calls).toEqual([["leftovers"]]);
  const { ok, view } = await prune({ confirm: fingerprintLeftovers(leftovers) });
  expect({ ok, view }).toMatchObject({
    ok: true,
    view: [{ tone: "good", text: "removed 2 images (1.5 GB), 1 network, 5.0 kB of build cache from nas" }],
  });
  expect(nas.calls.at(-1)).toEqual(["remove", leftovers]);
});

test("removes nothing when something else is there by now: it shows that", async () => {
  const { nas, prune } = openScene();
  const others = [{ images: [old] }, { networks: [] }, { buildCacheBytes: 1 }];
  for (const confirm of ["abc", ...others.map((other) => fingerprintLeftovers({ ...leftovers, ...other }))]) {
    const { ok, view } = await prune({ confirm });
    expect(ok).toBe(false);
    expect(view).toMatchObject([{ tone: "warning", text: /has changed since it was shown/ }, ...shown]);
  }
  expect(nas.calls).toEqual(Array.from({ length: 4 }, () => ["leftovers"]));
});

test("says what has stayed, and where there is nothing", async () => {
  const { nas, prune } = openScene();
  nas.fake.onCall = (call) => {
    if (call === "remove") nas.fake.leftovers = { ...leftovers, images: [old], networks: [] };
  };
  expect((await prune({ confirm: fingerprintLeftovers(leftovers) })).view).toMatchObject([
    { text: "removed 1 image (1.2 GB), 5.0 kB of build cache from nas" },
    { text: "1 image (300 MB), 1 network stayed: used by now, or gone before" },
  ]);
  for (const given of [{}, { confirm: "abc" }])
    expect((await openScene(nothing).prune(given)).view).toMatchObject([
      { text: "nas keeps nothing that is not used" },
    ]);
});

test("a confirmation names a set of leftovers, in any order, and no other", () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }));
  const some = fc.record({ images: ids, networks: ids, buildCacheBytes: fc.nat() }).map(
    ({ images, networks, buildCacheBytes }): Leftovers => ({
      images: images.map((id) => ({ ...old, id })),
      networks: networks.map((id) => ({ id, name: id })),
      buildCacheBytes,
    }),
  );
  const asSet = ({ images, networks, buildCacheBytes }: Leftovers) => ({
    images: images.map(({ id }) => id).sort(),
    networks: networks.map(({ id }) => id).sort(),
    buildCacheBytes,
  });
  fc.assert(
    fc.property(some, some, (one, other) => {
      const turned = { ...one, images: one.images.toReversed(), networks: one.networks.toReversed() };
      expect(fingerprintLeftovers(turned)).toBe(fingerprintLeftovers(one));
      const isSame = JSON.stringify(asSet(one)) === JSON.stringify(asSet(other));
      expect(fingerprintLeftovers(one) === fingerprintLeftovers(other)).toBe(isSame);
    }),
  );
});
