import { describe, expect, test } from "vitest";
import { forgejoRun, giteaPackage, giteaPush, giteaRun } from "../../../../test/fixtures/webhook-payloads.ts";
import { readGitea } from "./read-gitea.ts";

const gitea = (event: string, json: object) =>
  readGitea("gitea")({ ...json }, { "x-gitea-event": event, "x-gogs-event": event, "x-github-event": event });
const forgejo = (event: string, json: object) =>
  readGitea("forgejo")({ ...json }, { "x-forgejo-event": event, "x-gitea-event": event, "x-github-event": event });

const urls = [
  "https://git.example.com/gitea/infra.git",
  "ssh://gitea@git.example.com:2222/gitea/infra.git",
  "https://git.example.com/gitea/infra",
];
const commit = "bcbb5ec396a2c0f828686f14fac9b80b780504f2";
const ended = Date.parse("2026-03-01T10:01:30Z");

const pipeline = {
  kind: "pipeline",
  project: "gitea/infra",
  urls,
  ref: "main",
  url: "https://git.example.com/gitea/infra/actions/runs/7",
  durationSeconds: 90,
  commit,
  message: "Update nginx to 1.27.1",
  commitUrl: `https://git.example.com/gitea/infra/commit/${commit}`,
  atMs: ended,
  isChild: false,
};

test("Pushes of both are of a branch.", () => {
  const pushed = { kind: "push", urls, branch: "main", commit: giteaPush.after };
  expect(gitea("push", giteaPush)).toEqual({ kind: "events", events: [pushed] });
  expect(forgejo("push", giteaPush)).toEqual({ kind: "events", events: [pushed] });
  expect(gitea("push", { ...giteaPush, ref: "refs/tags/v1" })).toMatchObject({ kind: "ignored" });
});

describe("Gitea's workflow_run", () => {
  test("is read as a whole.", () => {
    const read = { ...pipeline, integration: "gitea", id: `${urls[2]}#12.0`, state: "failed", name: "CI" };
    expect(gitea("workflow_run", giteaRun)).toEqual({ kind: "events", events: [read] });
  });

  test("that has not begun has no time of Go's or Unix's zero.", () => {
    const times = { started_at: "1970-01-01T00:00:00Z", completed_at: "0001-01-01T00:00:00Z" };
    const workflow_run = { ...giteaRun.workflow_run, ...times, status: "queued", conclusion: "" };
    expect(gitea("workflow_run", { ...giteaRun, workflow_run })).toMatchObject({
      events: [{ state: "waiting", atMs: undefined, durationSeconds: undefined }],
    });
  });
});

describe("Forgejo's action runs", () => {
  test("are read as a whole.", () => {
    const read = { ...pipeline, integration: "forgejo", id: `${urls[2]}#51`, state: "succeeded", name: "ci.yml" };
    expect(forgejo("action_run_success", forgejoRun)).toEqual({ kind: "events", events: [read] });
  });

  test.each([
    ["failure", "failure", "failed"],
    ["recover", "success", "succeeded"],
    ["recover", undefined, "succeeded"],
    ["failure", "cancelled", "cancelled"],
  ])("that %s with the status %s are %s.", (action, status, state) => {
    const json = { ...forgejoRun, action, run: { ...forgejoRun.run, status } };
    expect(forgejo(`action_run_${action}`, json)).toMatchObject({ events: [{ state }] });
  });

  test("whose repository stands beside them are read as well; without one they are malformed.", () => {
    const { repository, ...run } = forgejoRun.run;
    expect(forgejo("action_run_success", { ...forgejoRun, run, repository })).toMatchObject({
      events: [{ project: "gitea/infra", urls }],
    });
    expect(forgejo("action_run_success", { ...forgejoRun, run })).toEqual({
      kind: "malformed",
      text: "run.repository.full_name is missing",
    });
  });
});

describe("package", () => {
  test("is of an image, below its owner in lower case.", () => {
    const image = { kind: "image", repository: { domain: "git.example.com", path: "gitea/tools/app" } };
    expect(gitea("package", giteaPackage)).toEqual({ kind: "events", events: [image] });
    expect(forgejo("package", giteaPackage)).toEqual({ kind: "events", events: [image] });
  });

  test("of another kind, or deleted, is ignored.", () => {
    const npm = { ...giteaPackage, package: { ...giteaPackage.package, type: "npm" } };
    expect(gitea("package", npm)).toEqual({ kind: "ignored", text: 'packages of the type "npm" are not used' });
    expect(gitea("package", { ...giteaPackage, action: "deleted" })).toMatchObject({ kind: "ignored" });
  });

  test.each([
    [{ html_url: "packages/1" }, "package.html_url is no address"],
    [{ owner: {} }, "package.owner.login is missing"],
    [{ name: "../../x" }, "package.name is no image"],
  ])("with %j is malformed.", (changes, text) => {
    const json = { ...giteaPackage, package: { ...giteaPackage.package, ...changes } };
    expect(gitea("package", json)).toEqual({ kind: "malformed", text });
  });
});

test("Other events are ignored, and one without a name is malformed.", () => {
  expect(gitea("issues", {})).toEqual({ kind: "ignored", text: 'events of the kind "issues" are not used' });
  expect(readGitea("gitea")(giteaPush, { "x-github-event": "push" })).toEqual({
    kind: "malformed",
    text: "the header X-Gitea-Event is missing",
  });
});
