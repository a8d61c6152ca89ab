import { describe, expect, test } from "vitest";
import { askOperation } from "../../../test/fixtures/ask-operation.ts";
import { fakeContainer, fakeHost } from "../../../test/fixtures/fake-host.ts";
import { fakeTalos, nowMs } from "../../../test/fixtures/fake-talos.ts";

describe("hosts", () => {
  test("lists each with its state, its versions and its containers, and why one is down", async () => {
    const composeProblem = "there is no docker-compose on old";
    const up = {
      kind: "up",
      engineVersion: "20.10.24",
      apiVersion: "1.41",
      composeVersion: undefined,
      composeProblem,
    } as const;
    const down = {
      kind: "down",
      reason: "connection refused",
      hint: "is it on?",
      sinceMs: nowMs,
      nextTryMs: nowMs + 5000,
    } as const;
    const exited = fakeContainer("job", { state: "exited" });
    const hosts = [
      fakeHost("nas", { containers: [fakeContainer("web"), exited] }),
      fakeHost("old", { state: up }),
      fakeHost("attic", { state: down, containers: [exited] }),
      fakeHost("new", { state: { kind: "connecting" } }),
    ];
    const { ok, view } = await askOperation(fakeTalos([], { hosts }), "hosts");
    expect(ok).toBe(true);
    expect(view).toMatchObject([
      {
        columns: ["host", "state", "engine", "compose", "containers", "address"],
        rows: [
          ["nas", { text: "up", tone: "good" }, "20.10.24", "2.26.1", "1 of 2 running", "ssh://talos@nas:22"],
          [
            "old",
            { text: "up" },
            "20.10.24",
            { text: "none", tone: "warning" },
            "0 of 0 running",
            "ssh://talos@old:22",
          ],
          ["attic", { text: "down", tone: "bad" }, "", "", "0 of 1 running", "ssh://talos@attic:22"],
          ["new", { text: "connecting", tone: "warning" }, "", "", "", "ssh://talos@new:22"],
        ],
      },
      { heading: true, text: "old" },
      { tone: "warning", text: composeProblem },
      { heading: true, text: "attic" },
      { tone: "bad", text: "connection refused" },
      { text: "is it on?" },
      {
        fields: [
          { name: "down since", value: { atMs: nowMs } },
          { name: "next try", value: { atMs: nowMs + 5000 } },
        ],
      },
    ]);
    expect(hosts.flatMap(({ calls }) => calls)).toEqual([]);
  });

  test("says that none is configured", async () => {
    expect((await askOperation(fakeTalos(), "hosts")).view).toMatchObject([{ text: "no host is configured" }, {}]);
  });
});

describe("a host", () => {
  const image = async (names: readonly string[], host: string) => {
    const hosts = names.map((name) => fakeHost(name, { containers: [fakeContainer("web")] }));
    const answer = await askOperation(fakeTalos([], { hosts }), "image", { host, container: "web" });
    return { ...answer, asked: hosts.filter(({ calls }) => calls.length > 0).map(({ name }) => name) };
  };

  test.each([
    [["nas", "attic"], "nas", "nas"],
    [["nas", "attic"], "NAS", "nas"],
    [["nas", "NAS"], "NAS", "NAS"],
  ])("of %j is named by %s", async (names, host, asked) => {
    expect(await image(names, host)).toMatchObject({ ok: true, asked: [asked] });
  });

  test.each([
    [["nas", "attic"], "nsa", "target-not-found", "there is no host nsa", "did you mean `nas`?"],
    [["nas", "attic"], "zzzzz", "target-not-found", "there is no host zzzzz", "known are `nas`, `attic`"],
    [[], "nas", "target-not-found", "there is no host nas", "no host is configured: DockerSettings.Hosts names them"],
    [["nas", "NAS"], "Nas", "ambiguous", "2 hosts are called Nas, in different case", "they are nas, NAS"],
  ])("of %j is not %s", async (names, host, code, text, hint) => {
    expect(await image(names, host)).toMatchObject({ ok: false, code, asked: [], view: [{ text }, { text: hint }] });
  });
});
