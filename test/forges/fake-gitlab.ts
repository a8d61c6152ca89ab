import { z } from "zod";
import {
  check,
  type FakeAnswer,
  type FakeApi,
  type FakeForge,
  givePage,
  type KeptRequest,
  strictly,
  token,
} from "./fake-forge.ts";

const listQuery = z.strictObject({
  state: z.enum(["opened", "closed", "locked", "merged", "all"]).optional(),
  order_by: z.enum(["created_at", "title", "merged_at", "updated_at"]).optional(),
  sort: z.enum(["asc", "desc"]).optional(),
  source_branch: z.string().optional(),
  target_branch: z.string().optional(),
  page: z.string().regex(/^\d+$/).default("1"),
  per_page: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/)
    .default("20"),
});
const creation = z.strictObject({
  source_branch: z.string().min(1),
  target_branch: z.string().min(1),
  title: z.string().min(1).max(255),
  description: z.string().max(1_048_576).optional(),
  remove_source_branch: z.boolean().optional(),
  squash: z.boolean().optional(),
  labels: z.string().optional(),
});
const change = z
  .strictObject({
    title: z.string().min(1).max(255),
    description: z.string().max(1_048_576),
    state_event: z.enum(["close", "reopen"]),
    target_branch: z.string().min(1),
    remove_source_branch: z.boolean(),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "at least one of its fields is needed");
const note = z.strictObject({ body: z.string().min(1) });

const project = { id: 41, fork: 42 };

/** Merge requests and notes of one project, as GitLab 18 documents API version 4. A line that begins with `/` is a command. */
export function fakeGitlab(path: string, root = ""): FakeApi {
  const base = `${root}/api/v4/projects/${encodeURIComponent(path)}`;
  return strictly((call, forge) => {
    const bearer = call.headers.authorization?.replace(/^Bearer /, "") ?? call.headers["private-token"];
    if (bearer !== undefined && bearer !== token) return { status: 401, body: { message: "401 Unauthorized" } };
    // A private project is none to those who may not see it.
    if (bearer === undefined || !call.path.startsWith(`${base}/`))
      return { status: 404, body: { message: "404 Project Not Found" } };
    const [, number, isNotes] = /^\/merge_requests(?:\/(\d+)(\/notes)?)?$/.exec(call.path.slice(base.length)) ?? [];
    if (number === undefined) {
      if (call.method === "GET") return list(forge, call.query);
      return call.method === "POST" ? create(forge, call.body) : undefined;
    }
    const request = forge.kept.find((each) => each.number === Number(number));
    if (request === undefined) return { status: 404, body: { message: "404 Merge Request Not Found" } };
    if (isNotes !== undefined) return call.method === "POST" ? addNote(request, call.body) : undefined;
    if (call.method === "GET") return { status: 200, body: show(request, forge) };
    return call.method === "PUT" ? edit(request, forge, call.body) : undefined;
  });
}

function list(forge: FakeForge, query: unknown): FakeAnswer {
  const wanted = check(listQuery, query, "query");
  const state = { opened: "open", merged: "merged", closed: "closed", locked: "locked", all: undefined }[
    wanted.state ?? "all"
  ];
  const found = forge.kept
    .filter((each) => wanted.source_branch === undefined || each.branch === wanted.source_branch)
    .filter((each) => wanted.target_branch === undefined || each.target === wanted.target_branch)
    .filter((each) => state === undefined || each.state === state);
  const sorted = wanted.sort === "asc" ? found : found.toReversed();
  const { items, link } = givePage(sorted, Number(wanted.page), Number(wanted.per_page));
  return { status: 200, headers: link, body: items.map((each) => show(each, forge)) };
}

function create(forge: FakeForge, body: unknown): FakeAnswer {
  const { source_branch: branch, target_branch: target, title, description = "" } = check(creation, body, "body");
  const other = forge.kept.find((each) => isOpenTwin(each, branch, target));
  if (other !== undefined) {
    const message = [`Another open merge request already exists for this source branch: !${other.number}`];
    return { status: 409, body: { message } };
  }
  const request = forge.keep({ branch, target, title, body: withoutCommands(description) });
  return { status: 201, body: show(request, forge) };
}

function isOpenTwin(each: KeptRequest, branch: string, target: string): boolean {
  return each.branch === branch && each.target === target && each.state === "open" && !each.isFromFork;
}

function edit(request: KeptRequest, forge: FakeForge, body: unknown): FakeAnswer {
  const { title, description, state_event } = check(change, body, "body");
  request.title = title ?? request.title;
  if (description !== undefined) request.body = withoutCommands(description);
  if (state_event === "close" && request.state === "open") request.state = "closed";
  return { status: 200, body: show(request, forge) };
}

function addNote(request: KeptRequest, body: unknown): FakeAnswer {
  const text = check(note, body, "body").body;
  if (/^\s*\/merge\b/m.test(text)) request.state = "merged";
  request.comments.push(withoutCommands(text));
  return { status: 201, body: { id: 300 + request.comments.length, body: text, system: false } };
}

function withoutCommands(text: string): string {
  return text.replaceAll(/^\s*\/[a-z_]+.*\n?/gm, "");
}

function show(request: KeptRequest, { origin }: FakeForge): object {
  return {
    id: 9000 + request.number,
    iid: request.number,
    project_id: project.id,
    title: request.title,
    description: request.body,
    state: request.state === "open" ? "opened" : request.state,
    source_branch: request.branch,
    target_branch: request.target,
    source_project_id: request.isFromFork ? project.fork : project.id,
    target_project_id: project.id,
    draft: false,
    sha: "8888888888888888888888888888888888888888",
    merged_at: request.state === "merged" ? "2026-01-02T03:04:05.000Z" : null,
    web_url: `${origin}/group/project/-/merge_requests/${request.number}`,
  };
}
