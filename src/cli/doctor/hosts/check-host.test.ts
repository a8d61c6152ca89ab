import { expect, test } from "vitest";
import type { HostState } from "../../../hosts/hosts.ts";
import { TalosError } from "../../../talos-error.ts";
import { withDeadline } from "../with-deadline.ts";
import { checkHost } from "./check-host.ts";

const up = {
  kind: "up",
  engineVersion: "20.10.24",
  apiVersion: "1.41",
  composeVersion: "2.26.1",
  composeProblem: undefined,
} as const;

function hostWith(state: HostState) {
  const containers = async () => {
    if (state.kind === "down") throw new TalosError("host-unreachable", `host nas is down: ${state.reason}`);
    return [];
  };
  return { name: "nas", address: "ssh://talos@nas:22", state: () => state, containers };
}

const { signal } = new AbortController();

test("a host that is up is told with its engine and its compose", async () => {
  expect(await checkHost(hostWith(up), signal)).toEqual([
    {
      name: "host nas",
      outcome: "passes",
      text: "ssh://talos@nas:22 answers: engine 20.10.24, API 1.41, 0 containers",
    },
    { name: "host nas", outcome: "passes", text: "compose 2.26.1" },
  ]);
});

test("a host without compose is worth knowing", async () => {
  const problem = "there is no docker compose";
  const without = { ...up, composeVersion: undefined, composeProblem: problem };
  expect((await checkHost(hostWith(without), signal))[1]).toMatchObject({
    outcome: "notes",
    text: problem,
    advice: "until then its projects cannot be pulled or brought up",
  });
});

test("a host that is down fails with its reason and what to do", async () => {
  const down = { kind: "down", reason: "the host key of nas is not known", hint: "pin it", sinceMs: 0, nextTryMs: 5 };
  expect(await checkHost(hostWith({ ...down, kind: "down" }), signal)).toEqual([
    { name: "host nas", outcome: "fails", text: "the host key of nas is not known", advice: "pin it" },
  ]);
});

test("an engine that does not show its containers fails", async () => {
  const refused = async () => {
    throw new TalosError("host-refused", "host nas refused: permission denied.", { hint: "join the group docker" });
  };
  const found = await withDeadline("host nas", 5, (time) => checkHost({ ...hostWith(up), containers: refused }, time));
  expect(found).toEqual([
    {
      name: "host nas",
      outcome: "fails",
      text: "host nas refused: permission denied",
      advice: "join the group docker",
    },
  ]);
});

test("a host that never says anything fails at its deadline", async () => {
  const silent = { ...hostWith({ kind: "connecting" }), containers: () => new Promise<never>(() => undefined) };
  const found = await withDeadline("host nas", 0.1, (time) => checkHost(silent, time));
  expect(found).toMatchObject([{ outcome: "fails", text: "there was no answer within 0.1 s" }]);
});
