import { expect, test } from "vitest";
import { askOperation } from "../../../test/fixtures/ask-operation.ts";
import { type FakeHost, fakeContainer, fakeHost, fakeProject } from "../../../test/fixtures/fake-host.ts";
import { fakeTalos } from "../../../test/fixtures/fake-talos.ts";
import type { ContainerDetails } from "../../hosts/container.ts";
import { TalosError } from "../../talos-error.ts";

const imageId = `sha256:${"0123456789ab".padEnd(64, "0")}`;

/** A project of a web and a db, beside a container of nobody's. */
function openScene() {
  const { project, containers } = fakeProject("media", ["db", "web"]);
  const [db = fakeContainer("db"), web = fakeContainer("web")] = containers;
  const nas = fakeHost("nas", { projects: [project], containers: [db, web, fakeContainer("other")] });
  const talos = fakeTalos([], { hosts: [nas] });
  const ask = (name: string, given: unknown, signal?: AbortSignal) => askOperation(talos, name, given, signal);
  return { nas, db, web, ask };
}

/** What compose leaves behind. */
function afterCompose(nas: FakeHost, containers: readonly ContainerDetails[]): void {
  nas.fake.onCall = (call) => {
    if (call === "compose") nas.fake.containers = [...containers];
  };
}

test("up shows what compose says while it runs, and the project's containers as they are then", async () => {
  const { nas, db, web, ask } = openScene();
  nas.fake.composeLines = ["Container media-web-1  Recreated", " ", "\u001b[32mContainer media-db-1  Running\u001b[0m"];
  const { ok, view, progress } = await ask("project up", { host: "nas", project: "media" });
  expect(ok).toBe(true);
  expect(nas.calls).toContainEqual(["compose", { project: "media", action: "up", service: undefined }]);
  expect(progress.map((one) => (one.kind === "status" ? one.text : ""))).toEqual([
    "compose up of media on nas",
    "Container media-web-1  Recreated",
    "Container media-db-1  Running",
  ]);
  expect(view).toMatchObject([
    { tone: "good", text: "media on nas: 2 unchanged" },
    { rows: [{ 0: db.name }, { 0: web.name }] },
  ]);
});

test("up of a service counts and shows that service, and whatever else was changed", async () => {
  const { nas, db, web, ask } = openScene();
  const given = { host: "nas", project: "media", service: "web" };
  expect((await ask("project up", given)).view).toMatchObject([
    { text: "web of media on nas: 1 unchanged" },
    { rows: [{ 0: web.name }] },
  ]);
  nas.fake.containers = [web, { ...db, state: "exited" }];
  afterCompose(nas, [web, db]);
  expect((await ask("project up", given)).view).toMatchObject([
    { text: "web of media on nas: 1 started, 1 unchanged" },
    { rows: [{ 0: db.name }, { 0: web.name }] },
  ]);
  afterCompose(nas, [
    { ...web, image: imageId },
    { ...db, image: imageId },
  ]);
  expect((await ask("project pull", given)).view).toMatchObject([
    { text: "pulled the images of web of media on nas; 1 container still on an older one" },
    {},
    { rows: [{ 0: web.name }] },
  ]);
});

test.each([
  ["project up", "project up was cancelled: containers of media on nas may be half made"],
  ["project pull", "project pull was cancelled: some images of media on nas may be new and others not"],
] as const)("%s that is cancelled tells how it left the containers", async (name, text) => {
  const { nas, db, web, ask } = openScene();
  nas.fake.composeLines = ["begun"];
  nas.fake.stalls = ["compose"];
  const cancel = new AbortController();
  nas.fake.onCall = (call) => {
    if (call !== "compose") return;
    nas.fake.containers = [db, { ...web, state: "created" }];
    setImmediate(() => cancel.abort(new Error("cancelled by ada")));
  };
  expect(await ask(name, { host: "nas", project: "media" }, cancel.signal)).toMatchObject({
    ok: false,
    code: "cancelled",
    view: [{ tone: "warning", text }, { rows: [{ 0: db.name }, { 0: web.name, 2: { text: "created" } }] }],
  });
});

test.each([
  [
    "1 created, 1 recreated, 1 unchanged",
    "good",
    (web: ContainerDetails, db: ContainerDetails) => [
      { ...web, id: "f".repeat(64) },
      db,
      { ...web, name: "media-new-1", id: "e".repeat(64) },
    ],
  ],
  ["1 unchanged, 1 removed", "good", (_: ContainerDetails, db: ContainerDetails) => [db]],
  [
    "2 unchanged",
    "warning",
    (web: ContainerDetails, db: ContainerDetails) => [{ ...web, state: "exited" as const }, db],
  ],
  [
    "2 unchanged",
    "warning",
    (web: ContainerDetails, db: ContainerDetails) => [web, { ...db, health: "unhealthy" as const }],
  ],
  ["2 removed", "good", () => []],
] as const)("up sums up: %s, %s", async (counts, tone, leave) => {
  const { nas, db, web, ask } = openScene();
  afterCompose(nas, leave(web, db));
  const { view } = await ask("project up", { host: "nas", project: "media" });
  expect(view[0]).toMatchObject({ tone, text: `media on nas: ${counts}` });
});

test("up counts what it started again, and leaves out what was run once beside", async () => {
  const { nas, db, web, ask } = openScene();
  const once = fakeContainer("once", { labels: { ...web.labels, "com.docker.compose.oneoff": "True" } });
  nas.fake.containers = [{ ...web, state: "exited" }, db, once];
  afterCompose(nas, [web, db, once]);
  const { view } = await ask("project up", { host: "nas", project: "media" });
  expect(view).toMatchObject([{ text: "media on nas: 1 started, 1 unchanged" }, { rows: { length: 2 } }]);
});

test("pull offers to bring up what is still on an older image", async () => {
  const { nas, db, web, ask } = openScene();
  expect((await ask("project pull", { host: "nas", project: "media" })).view).toMatchObject([
    { tone: "good", text: "pulled the images of media on nas" },
    { rows: { length: 2 } },
  ]);
  afterCompose(nas, [db, { ...web, image: imageId }]);
  expect((await ask("project pull", { host: "nas", project: "media", service: "web" })).view).toMatchObject([
    { tone: "good", text: "pulled the images of web of media on nas; 1 container still on an older one" },
    { operation: "project up", arguments: { host: "nas", project: "media", service: "web" } },
    { rows: { length: 1 } },
  ]);
});

test("a project nobody knows is refused with the nearest, and a failure says what compose said", async () => {
  const { nas, ask } = openScene();
  expect(await ask("project up", { host: "nas", project: "medai" })).toMatchObject({
    ok: false,
    code: "target-not-found",
    view: [{ text: "there is no project medai on nas" }, { text: "did you mean media?" }],
  });
  nas.fake.failures.compose = new TalosError("compose-failed", "compose up of media on nas failed: no such image");
  expect(await ask("project up", { host: "nas", project: "media" })).toMatchObject({
    ok: false,
    code: "compose-failed",
    view: [{ text: "compose up of media on nas failed: no such image" }],
  });
});
