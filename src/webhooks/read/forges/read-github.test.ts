import gitHubsExamples from "@octokit/webhooks-examples";
import { describe, expect, test } from "vitest";
import { readGitHub } from "./read-github.ts";

const examples = gitHubsExamples as unknown as readonly {
  readonly name: string;
  readonly examples: readonly unknown[];
}[];

type Json = Readonly<Record<string, unknown>>;

function examplesOf(name: string): readonly Json[] {
  return examples.filter((one) => one.name === name).flatMap((one) => one.examples.map((example) => Object(example)));
}

function read(event: string, json: Json) {
  return readGitHub(json, { "x-github-event": event });
}

function firstOf(event: string, fits: (json: Json) => boolean = () => true): Json {
  const found = examplesOf(event).find(fits);
  if (found === undefined) throw new Error(`there is no example of ${event}`);
  return found;
}

const urlsOfExamples = [
  "https://github.com/Codertocat/Hello-World.git",
  "git@github.com:Codertocat/Hello-World.git",
  "https://github.com/Codertocat/Hello-World",
  "git://github.com/Codertocat/Hello-World.git",
];

test("Each of GitHub's own examples is read or ignored, and none is malformed.", () => {
  const kinds = examples.flatMap(({ name, examples: all }) =>
    all.map((example) => {
      const reading = read(name, Object(example));
      expect({ name, reading }).not.toMatchObject({ reading: { kind: "malformed" } });
      return `${name} ${reading.kind}`;
    }),
  );
  expect([...new Set(kinds)].filter((kind) => kind.endsWith("events"))).toEqual([
    "package events",
    "push events",
    "workflow_run events",
  ]);
  expect(kinds).toContain("ping ignored");
});

describe("workflow_run", () => {
  const isDone = ({ workflow_run: run }: Json) => Object(run).conclusion === "success";
  const done = firstOf("workflow_run", isDone);
  const run = (changes: object) =>
    read("workflow_run", { ...done, workflow_run: { ...Object(done["workflow_run"]), ...changes } });

  test("is read as a whole.", () => {
    const times = { run_started_at: "2026-03-01T10:00:00Z", updated_at: "2026-03-01T10:01:30Z" };
    const { id, head_sha, html_url, head_commit, name } = Object(done["workflow_run"]);
    expect(run(times)).toEqual({
      kind: "events",
      events: [
        {
          kind: "pipeline",
          integration: "github",
          id: `${Object(done["repository"]).html_url}#${id}.1`,
          project: Object(done["repository"]).full_name,
          urls: expect.arrayContaining([Object(done["repository"]).clone_url]),
          ref: "master",
          state: "succeeded",
          name: Object(done["workflow"]).name ?? name,
          url: html_url,
          durationSeconds: 90,
          commit: head_sha,
          message: head_commit.message,
          commitUrl: `${Object(done["repository"]).html_url}/commit/${head_sha}`,
          atMs: Date.parse("2026-03-01T10:01:30Z"),
          isChild: false,
        },
      ],
    });
  });

  test.each([
    ["requested", null, "waiting"],
    ["queued", null, "waiting"],
    ["pending", null, "waiting"],
    ["waiting", null, "waiting"],
    ["in_progress", null, "running"],
    ["completed", "success", "succeeded"],
    ["completed", "neutral", "succeeded"],
    ["completed", "failure", "failed"],
    ["completed", "timed_out", "failed"],
    ["completed", "startup_failure", "failed"],
    ["completed", "cancelled", "cancelled"],
    ["completed", "skipped", "skipped"],
    ["completed", "stale", "skipped"],
    ["completed", "action_required", "waiting"],
  ])("that is %s %s is %s.", (status, conclusion, state) => {
    expect(run({ status, conclusion })).toMatchObject({ events: [{ state }] });
  });

  test("that runs has no duration yet.", () => {
    expect(run({ status: "in_progress", conclusion: null })).toMatchObject({
      events: [{ durationSeconds: undefined }],
    });
  });

  test("that is run again is another pipeline.", () => {
    const ids = [1, 2].map((run_attempt) => {
      const reading = run({ run_attempt });
      return reading.kind === "events" && reading.events[0]?.kind === "pipeline" ? reading.events[0].id : undefined;
    });
    expect(new Set(ids).size).toBe(2);
  });

  test("with an outcome that nobody knows is ignored, without a commit malformed.", () => {
    expect(run({ status: "completed", conclusion: "odd" })).toMatchObject({ kind: "ignored" });
    expect(run({ head_sha: null })).toEqual({ kind: "malformed", text: "workflow_run.head_sha must be a text" });
    expect(read("workflow_run", {})).toEqual({ kind: "malformed", text: "workflow_run is missing" });
  });
});

describe("push", () => {
  test("is of a branch.", () => {
    expect(
      read(
        "push",
        firstOf("push", ({ ref }) => ref === "refs/heads/master"),
      ),
    ).toEqual({
      kind: "events",
      events: [
        { kind: "push", urls: urlsOfExamples, branch: "master", commit: "6113728f27ae82c7b1a177c8d03f9e96e0adf246" },
      ],
    });
  });

  test("of a tag is ignored.", () => {
    const tag = firstOf("push", ({ ref }) => ref === "refs/tags/simple-tag");
    expect(read("push", tag)).toEqual({ kind: "ignored", text: '"refs/tags/simple-tag" is not a branch' });
  });
});

describe("package and registry_package", () => {
  const isImage = ({ package: pushed }: Json) => Object(pushed).package_version.container_metadata !== undefined;
  const image = firstOf("package", isImage);
  const pushed = {
    kind: "events",
    events: [{ kind: "image", repository: { domain: "ghcr.io", path: "codertocat/hello-world" } }],
  };

  test("are of an image, under either name.", () => {
    expect(read("package", image)).toEqual(pushed);
    expect(read("registry_package", { ...image, package: undefined, registry_package: image["package"] })).toEqual(
      pushed,
    );
  });

  test("of another kind are ignored.", () => {
    const npm = firstOf("package", (json) => !isImage(json));
    expect(read("package", npm)).toEqual({ kind: "ignored", text: 'packages of the type "npm" are not used' });
  });

  test.each([
    ["ghcr.io/me/app:1.2.3", "ghcr.io", "me/app"],
    ["containers.github.example.com/me/app@sha256:" + "0".repeat(64), "containers.github.example.com", "me/app"],
  ])("%s is %s, %s.", (package_url, domain, path) => {
    const version = { package_url, container_metadata: {} };
    const json = { registry_package: { package_type: "CONTAINER", package_version: version } };
    expect(read("registry_package", json)).toMatchObject({ events: [{ repository: { domain, path } }] });
  });

  test.each([
    [{}],
    [{ registry_package: { package_type: "CONTAINER" } }],
    [{ registry_package: { package_type: "container", package_version: { package_url: "../x" } } }],
  ])("%j is malformed.", (json) => {
    expect(read("registry_package", json)).toMatchObject({ kind: "malformed" });
  });
});

test("What Gitea or Forgejo sent here is refused, and says where it belongs.", () => {
  const headers = { "x-github-event": "push", "x-gitea-event": "push" };
  const json = firstOf("push");
  expect(readGitHub(json, headers)).toEqual({
    kind: "malformed",
    text: "this comes from Gitea: it belongs to /webhooks/gitea",
  });
  expect(readGitHub(json, { ...headers, "x-forgejo-event": "push" })).toMatchObject({
    text: "this comes from Forgejo: it belongs to /webhooks/forgejo",
  });
});

test("Without the header that names the event it is malformed.", () => {
  expect(readGitHub({}, {})).toEqual({ kind: "malformed", text: "the header X-GitHub-Event is missing" });
});
