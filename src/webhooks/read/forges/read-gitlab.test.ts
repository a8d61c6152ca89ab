import { describe, expect, test } from "vitest";
import { gitLabPipeline, gitLabPush } from "../../../../test/fixtures/webhook-payloads.ts";
import { readGitLab } from "./read-gitlab.ts";

const urls = [
  "https://gitlab.example.com/gitlab-org/gitlab-test.git",
  "git@gitlab.example.com:gitlab-org/gitlab-test.git",
  "https://gitlab.example.com/gitlab-org/gitlab-test",
];
const at = (time: string) => Date.parse(`2016-08-12T${time}Z`);

function pipeline(changes: object, others: object = {}) {
  return readGitLab({
    ...gitLabPipeline,
    object_attributes: { ...gitLabPipeline.object_attributes, ...changes },
    ...others,
  });
}

describe("Pipeline Hook", () => {
  test("is read as a whole.", () => {
    expect(readGitLab(gitLabPipeline)).toEqual({
      kind: "events",
      events: [
        {
          kind: "pipeline",
          integration: "gitlab",
          id: "https://gitlab.example.com/gitlab-org/gitlab-test#31",
          project: "gitlab-org/gitlab-test",
          urls,
          ref: "main",
          state: "succeeded",
          name: undefined,
          url: "https://gitlab.example.com/gitlab-org/gitlab-test/-/pipelines/31",
          durationSeconds: 63,
          commit: "bcbb5ec396a2c0f828686f14fac9b80b780504f2",
          message: "Update nginx to 1.27.1\n",
          commitUrl:
            "https://gitlab.example.com/gitlab-org/gitlab-test/-/commit/bcbb5ec396a2c0f828686f14fac9b80b780504f2",
          atMs: at("15:26:29"),
          isChild: false,
        },
      ],
    });
  });

  test.each([
    ["created", "waiting", "15:23:28"],
    ["waiting_for_resource", "waiting", "15:23:28"],
    ["preparing", "waiting", "15:23:28"],
    ["pending", "waiting", "15:23:28"],
    ["manual", "waiting", "15:23:28"],
    ["scheduled", "waiting", "15:23:28"],
    ["running", "running", "15:23:38"],
    ["canceling", "running", "15:23:38"],
    ["success", "succeeded", "15:26:29"],
    ["failed", "failed", "15:26:29"],
    ["canceled", "cancelled", "15:26:29"],
    ["skipped", "skipped", "15:26:29"],
  ])("with the status %s is %s, from when that began.", (status, state, time) => {
    expect(pipeline({ status })).toMatchObject({ events: [{ state, atMs: at(time) }] });
  });

  test("that was never finished nor waited has the time at which it was made.", () => {
    const changes = { status: "skipped", finished_at: null, queued_duration: null, duration: null };
    expect(pipeline(changes)).toMatchObject({ events: [{ atMs: at("15:23:28"), durationSeconds: undefined }] });
  });

  test("without times has none.", () => {
    expect(pipeline({ created_at: null, finished_at: "soon" })).toMatchObject({ events: [{ atMs: undefined }] });
  });

  test("of a child pipeline says so; of a merge request it has the branch of that.", () => {
    expect(pipeline({ source: "parent_pipeline" })).toMatchObject({ events: [{ isChild: true }] });
    const request = { id: 1, iid: 1, title: "Test", source_branch: "talos/nginx", target_branch: "main" };
    const ofRequest = pipeline({ source: "merge_request_event", ref: "talos/nginx" }, { merge_request: request });
    expect(ofRequest).toMatchObject({ events: [{ ref: "talos/nginx", isChild: false }] });
  });

  test("of an older GitLab has a page, too, and numbers may be texts.", () => {
    expect(pipeline({ url: undefined, id: "31" }, { commit: null })).toMatchObject({
      events: [{ url: "https://gitlab.example.com/gitlab-org/gitlab-test/-/pipelines/31", message: undefined }],
    });
  });

  test("with a status that nobody knows is ignored.", () => {
    expect(pipeline({ status: "pondering" })).toMatchObject({
      kind: "ignored",
      text: expect.stringContaining("pondering"),
    });
  });

  test.each([
    [{ object_attributes: undefined }, "object_attributes is missing"],
    [{ object_attributes: [] }, "object_attributes must be an object"],
    [{ project: "x" }, "project must be an object"],
    [{ project: { web_url: "https://x" } }, "project.path_with_namespace is missing"],
  ])("without what is needed is malformed: %j.", (changes, text) => {
    expect(readGitLab({ ...gitLabPipeline, ...changes })).toEqual({ kind: "malformed", text });
  });

  test.each([
    [{ sha: undefined }, "object_attributes.sha is missing"],
    [{ sha: 5 }, "object_attributes.sha must be a text"],
    [{ ref: "" }, "object_attributes.ref is empty"],
    [{ ref: "x".repeat(3000) }, "object_attributes.ref is too long"],
    [{ id: {} }, "object_attributes.id is not what it should be"],
  ])("names the field that is wrong: %j.", (changes, text) => {
    expect(pipeline(changes)).toEqual({ kind: "malformed", text });
  });

  test("with a very long message has its beginning.", () => {
    const long = { ...gitLabPipeline.commit, message: "x".repeat(100_000) };
    expect(pipeline({}, { commit: long })).toMatchObject({ events: [{ message: "x".repeat(4096) }] });
  });
});

describe("Push Hook", () => {
  test("is of a branch.", () => {
    expect(readGitLab(gitLabPush)).toEqual({
      kind: "events",
      events: [{ kind: "push", urls, branch: "main", commit: "da1560886d4f094c3e6c9ef40349f7d38b5d27d7" }],
    });
  });

  test("of a branch with slashes keeps them; of one that was deleted has no commit.", () => {
    const { events } = { events: [], ...readGitLab({ ...gitLabPush, ref: "refs/heads/a/b", after: "0".repeat(40) }) };
    expect(events).toEqual([{ kind: "push", urls, branch: "a/b" }]);
  });

  test("without any address is malformed.", () => {
    expect(readGitLab({ ...gitLabPush, project: {} })).toEqual({
      kind: "malformed",
      text: "the repository has no address",
    });
  });
});

test.each([["tag_push"], ["merge_request"], ["build"], ["__proto__"], ["x".repeat(1000)]])(
  "Events of the kind %s are ignored.",
  (kind) => {
    const reading = readGitLab({ ...gitLabPush, object_kind: kind });
    expect(reading).toMatchObject({
      kind: "ignored",
      text: expect.stringMatching(/^events of the kind .{1,70} are not used$/),
    });
  },
);

test("A body without its kind is malformed.", () => {
  expect(readGitLab({})).toEqual({ kind: "malformed", text: "object_kind must be a text" });
});
