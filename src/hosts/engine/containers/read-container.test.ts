import { expect, test } from "vitest";
import { readContainers, readImage, readInspected } from "./read-container.ts";

const listed = {
  Id: "a".repeat(64),
  Names: ["/web"],
  Image: "redis:7",
  ImageID: "sha256:1",
  State: "running",
  Status: "Up 3 hours (healthy)",
  Created: 1_700_000_000,
  Labels: { a: "b" },
};
const one = (changes: object) => readContainers([{ ...listed, ...changes }])[0];

test("a container's own name is the one without a link's before it", () => {
  expect(one({ Names: ["/app/database", "/database"] })?.name).toBe("database");
  expect(one({ Names: null })?.name).toBe("aaaaaaaaaaaa");
});

test.each([
  ["Up 3 hours (healthy)", "healthy"],
  ["Up 3 hours (unhealthy)", "unhealthy"],
  ["Up 2 seconds (health: starting)", "starting"],
  ["Up 3 hours", undefined],
  ["Up 3 hours (Paused)", undefined],
])("a status of %s means a health of %s", (Status, health) => {
  expect(one({ Status })?.health).toBe(health);
});

test("what an engine leaves out, or newly says, is no fault", () => {
  expect(one({ Labels: null, More: 1 })).toMatchObject({ labels: {}, createdMs: 1_700_000_000_000 });
  expect(one({ State: "stopping" })?.state).toBe("dead");
  expect(() => readContainers([{ Id: 1 }])).toThrow();
});

const never = "0001-01-01T00:00:00Z";
const started = "2026-01-02T03:04:05.678Z";
const inspected = (state: string, times: object, ExitCode: number) => {
  const container = one({ State: state });
  if (container === undefined) throw new Error("none");
  const State = { StartedAt: never, FinishedAt: never, ...times, ExitCode };
  return readInspected({ Id: container.id, Image: "sha256:1", State, Config: { Image: "redis:7" } }, container).details;
};

test("an exit code is told only of what has ended, and a start only of what runs", () => {
  expect(inspected("created", {}, 0)).toMatchObject({
    startedMs: undefined,
    finishedMs: undefined,
    exitCode: undefined,
  });
  expect(inspected("running", { StartedAt: started }, 0)).toMatchObject({
    startedMs: Date.parse(started),
    exitCode: undefined,
  });
  const ended = { StartedAt: started, FinishedAt: started };
  expect(inspected("exited", ended, 137)).toMatchObject({
    startedMs: undefined,
    finishedMs: Date.parse(started),
    exitCode: 137,
  });
  expect(inspected("restarting", ended, 1)).toMatchObject({ exitCode: 1, restartCount: 0 });
});

test("an image that was built here has no digests, and not every image has labels", () => {
  expect(readImage({ RepoDigests: null })).toEqual({ repoDigests: [], labels: {} });
  expect(readImage({ RepoDigests: ["redis@sha256:1"], Config: { Labels: { a: "b" } } })).toEqual({
    repoDigests: ["redis@sha256:1"],
    labels: { a: "b" },
  });
});
