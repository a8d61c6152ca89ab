import { describe, expect, test } from "vitest";
import { askOperation } from "../../../test/fixtures/ask-operation.ts";
import { fakeContainer, fakeHost } from "../../../test/fixtures/fake-host.ts";
import { fakeTalos, nowMs } from "../../../test/fixtures/fake-talos.ts";
import { TalosError } from "../../talos-error.ts";

const digest = `sha256:${"a".repeat(64)}`;
const imageId = `sha256:${"0123456789ab".padEnd(64, "0")}`;
const exited = { state: "exited", status: "Exited (137) 2 days ago", exitCode: 137 } as const;
const down = { kind: "down", reason: "connection refused", hint: "is it on?", sinceMs: 1, nextTryMs: 2 } as const;

const web = fakeContainer("web", {
  image: `ghcr.io/me/web:1.2.0@${digest}`,
  health: "healthy",
  status: "Up 3 hours (healthy)",
  labels: { "org.opencontainers.image.version": "1.2.0" },
});
const job = fakeContainer("job", exited);

function scene(...containers: Parameters<typeof fakeHost>[1][]) {
  const [nas = {}, attic] = containers;
  const hosts = [fakeHost("nas", { containers: [web, job], ...nas }), ...(attic ? [fakeHost("attic", attic)] : [])];
  const talos = fakeTalos([], { hosts });
  return { hosts, ask: (name: string, given: unknown = {}) => askOperation(talos, name, given) };
}

describe("containers", () => {
  test("lists those of a host that run, and how many do not", async () => {
    expect((await scene().ask("containers", { host: "nas" })).view).toEqual([
      { type: "text", heading: true, text: "nas" },
      { type: "text", text: "1 running, 1 not running" },
      {
        type: "table",
        columns: ["name", "image", "state", "health", "since"],
        rows: [
          [
            "web",
            "ghcr.io/me/web:1.2.0",
            { text: "running", tone: "good" },
            { text: "healthy", tone: "good" },
            "3 hours",
          ],
        ],
      },
    ]);
  });

  test("lists with all the others too, by name", async () => {
    expect((await scene().ask("containers", { host: "nas", all: true })).view).toMatchObject([
      {},
      {},
      { rows: [{ 0: "job", 2: { text: "exited (137)", tone: "bad" }, 3: "", 4: "2 days ago" }, { 0: "web" }] },
    ]);
  });

  test("lists all hosts side by side without one; one that is down is shown with its reason", async () => {
    const { ok, view } = await scene({ state: down }, { containers: [web] }).ask("containers");
    expect(ok).toBe(true);
    expect(view).toMatchObject([
      { heading: true, text: "nas" },
      { tone: "bad", text: "nas cannot be reached: connection refused" },
      { text: "is it on?" },
      { heading: true, text: "attic" },
      { text: "1 running" },
      { rows: [{ 0: "web" }] },
    ]);
  });

  test.each([
    ["the one host that is asked", { host: "nas" }, [{ state: down }, {}]],
    ["every host", {}, [{ state: down }, { state: down }]],
  ] as const)("is refused where %s is down", async (_, given, hosts) => {
    expect(await scene(...hosts).ask("containers", given)).toMatchObject({ ok: false, code: "host-unreachable" });
  });

  test("says where there are none, and where no host is configured", async () => {
    expect((await scene({ containers: [] }).ask("containers")).text).toContain("there are no containers");
    expect((await scene({ containers: [job] }).ask("containers")).view).toMatchObject([
      {},
      { text: "0 running, 1 not running" },
    ]);
    expect((await askOperation(fakeTalos(), "containers")).view).toMatchObject([
      { text: "no host is configured", tone: "warning" },
      {},
    ]);
  });

  test.each([
    ["created", "Created", { text: "created", tone: "quiet" }, { atMs: nowMs }],
    ["running", "Up Less than a second", { text: "running", tone: "good" }, "Less than a second"],
    ["running", "Up 2 minutes (health: starting)", { text: "running", tone: "good" }, "2 minutes"],
    ["paused", "Up 3 hours (Paused)", { text: "paused", tone: "warning" }, "3 hours"],
    ["restarting", "Restarting (1) 5 seconds ago", { text: "restarting (1)", tone: "warning" }, "5 seconds ago"],
    ["exited", "Exited (0) 4 weeks ago", { text: "exited (0)", tone: "quiet" }, "4 weeks ago"],
    ["removing", "Removal In Progress", { text: "removing", tone: "warning" }, "Removal In Progress"],
    ["dead", "Dead", { text: "dead", tone: "bad" }, "Dead"],
  ] as const)("shows one that is %s with `%s`", async (state, status, shown, since) => {
    const container = fakeContainer("a", { state, status, createdMs: nowMs });
    const { view } = await scene({ containers: [container] }).ask("containers", { all: true });
    expect(view[2]).toMatchObject({ rows: [{ 2: shown, 4: since }] });
  });
});

test.each([
  ["redis", "redis"],
  ["redis:7", "redis:7"],
  [`redis:7@${digest}`, "redis:7"],
  [`redis@${digest}`, "redis@aaaaaaaa"],
  [`localhost:5000/redis@${digest}`, "localhost:5000/redis@aaaaaaaa"],
  [imageId, "0123456789ab"],
])("the image %s is listed as %s", async (image, listed) => {
  const { view } = await scene({ containers: [fakeContainer("a", { image })] }).ask("containers", { host: "nas" });
  expect(view[2]).toMatchObject({ rows: [{ 1: listed }] });
});

describe("image", () => {
  const imageOf = async (changes: Parameters<typeof fakeContainer>[1]) =>
    (await scene({ containers: [fakeContainer("web", changes)] }).ask("image", { host: "nas", container: "web" })).view;

  test("gives the reference, the digest and the image's id", async () => {
    expect(await imageOf({ image: "redis:7", imageId, repoDigests: [`redis@${digest}`] })).toEqual([
      { type: "code", text: "redis:7" },
      {
        type: "fields",
        fields: [
          { name: "digest", value: `redis@${digest}` },
          { name: "image id", value: imageId },
        ],
      },
    ]);
    expect(await imageOf({ repoDigests: [] })).toMatchObject([
      {},
      { fields: [{ name: "digest", value: "none: it was built or imported here" }, {}] },
    ]);
  });

  test("says that the tag names another image by now, and offers what takes it", async () => {
    expect((await imageOf({ image: imageId, imageReference: "redis:7", imageId })).slice(2)).toMatchObject([
      { tone: "warning", text: "redis:7 names another image on nas by now, or none" },
      { operation: "container recreate", arguments: { host: "nas", container: "web" } },
    ]);
    expect(await imageOf({ image: imageId, imageReference: imageId, imageId })).toHaveLength(2);
  });

  test.each([
    ["another digest", [`redis@sha256:${"b".repeat(64)}`], 3],
    ["that digest among others", [`redis@sha256:${"b".repeat(64)}`, `redis@${digest}`], 2],
    ["no digest at all", [], 2],
  ])("of a reference with a digest, where the image has %s", async (_, repoDigests, length) => {
    const image = `redis:7@${digest}`;
    const view = await imageOf({ image, imageReference: image, repoDigests });
    expect(view).toHaveLength(length);
    if (length === 3)
      expect(view[2]).toMatchObject({ tone: "warning", text: /not the image that the reference names/ });
  });
});

describe("version", () => {
  test("is the label of the image", async () => {
    const { ok, view } = await scene().ask("version", { host: "nas", container: "web" });
    expect({ ok, view }).toEqual({ ok: true, view: [{ type: "code", text: "1.2.0" }] });
  });

  test.each([[{}], [{ "org.opencontainers.image.version": " " }]])(
    "is said to be absent with the labels %j",
    async (labels) => {
      const { ask } = scene({ containers: [fakeContainer("web", { labels })] });
      expect(await ask("version", { host: "nas", container: "web" })).toMatchObject({
        ok: false,
        code: "target-not-found",
        view: [{ tone: "bad", text: "web has no label org.opencontainers.image.version" }],
      });
    },
  );
});

describe("container logs", () => {
  const logs = {
    web: Array.from({ length: 150 }, (_, index) => `line ${index}`),
    job: ["\u001b[31mred\u001b[0m", "1%\r2%\r"],
  };

  test.each([
    [{}, 100],
    [{ lines: "50" }, 50],
    [{ lines: 2 }, 2],
  ])("with %j are the last of them", async (given, count) => {
    const { ask, hosts } = scene({ logs });
    const { view } = await ask("container logs", { host: "nas", container: "web", ...given });
    expect(hosts[0]?.calls).toEqual([["logs", "web", count]]);
    expect(view).toEqual([{ type: "log", lines: logs.web.slice(-count) }]);
  });

  test("are read as a terminal would show them", async () => {
    const { view } = await scene({ logs }).ask("container logs", { host: "nas", container: "job" });
    expect(view).toEqual([{ type: "log", lines: ["red", "2%"] }]);
  });

  test("are not more than a bound, and may be none", async () => {
    const { ask, hosts } = scene();
    expect(await ask("container logs", { host: "nas", container: "web", lines: 2001 })).toMatchObject({
      code: "usage",
    });
    expect(hosts[0]?.calls).toEqual([]);
    expect((await ask("container logs", { host: "nas", container: "web" })).view).toMatchObject([
      { tone: "quiet", text: "web has written nothing" },
    ]);
  });
});

describe("a change of a container", () => {
  test.each([
    ["container start", "job", "start", "job on nas: running", "good"],
    ["container stop", "web", "stop", "web on nas: exited (0)", "good"],
    ["container restart", "web", "restart", "web on nas: running", "good"],
    ["container recreate", "web", "recreate", "web on nas: running", "good"],
    ["container recreate", web.id.slice(0, 12), "recreate", "web on nas: running", "good"],
  ] as const)("%s %s answers how it is then", async (name, container, call, text, tone) => {
    const { ask, hosts } = scene();
    const { ok, view, progress } = await ask(name, { host: "NAS", container });
    expect({ ok, calls: hosts[0]?.calls }).toEqual({ ok: true, calls: [[call, container]] });
    expect(progress).toMatchObject([{ kind: "status", text: /ing \w+ on nas$/ }]);
    expect(view).toMatchObject([
      { text, tone },
      { fields: expect.arrayContaining([{ name: "since", value: { atMs: nowMs } }]) },
    ]);
  });

  test("that left it as nobody wanted says so, and where to see why", async () => {
    const { ask, hosts } = scene({ notes: ["db shared its network: recreate it too"] });
    const [nas] = hosts;
    if (nas !== undefined) nas.recreate = async () => ({ details: job, notes: ["db shared its network"] });
    expect((await ask("container recreate", { host: "nas", container: "job" })).view).toMatchObject([
      { tone: "bad", text: "job on nas: exited (137)" },
      {},
      { tone: "warning", text: "db shared its network" },
      { operation: "container logs", arguments: { host: "nas", container: "job" } },
    ]);
  });

  test("says what the engine said when it refuses", async () => {
    const failures = { start: new TalosError("host-refused", "nas: port 80 is taken", { hint: "stop what has it" }) };
    expect(await scene({ failures }).ask("container start", { host: "nas", container: "job" })).toMatchObject({
      ok: false,
      code: "host-refused",
      view: [{ tone: "bad", text: "nas: port 80 is taken" }, { text: "stop what has it" }],
    });
  });
});
