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
  state: z.enum(["open", "closed", "all"]).default("open"),
  base_branch: z.string().optional(),
  sort: z
    .enum(["oldest", "recentupdate", "recentclose", "leastupdate", "mostcomment", "leastcomment", "priority"])
    .optional(),
  page: z.string().regex(/^\d+$/).default("1"),
  limit: z.string().regex(/^\d+$/).default("30"),
});
const creation = z.strictObject({
  title: z.string().min(1).max(255),
  body: z.string().optional(),
  head: z.string().min(1),
  base: z.string().min(1),
});
const change = z
  .strictObject({ title: z.string().max(255), body: z.string(), state: z.enum(["open", "closed"]), base: z.string() })
  .partial();
const comment = z.strictObject({ body: z.string().min(1) });

const largestPage = 50;

/** Pull requests and their comments, as Gitea 1.25 and Forgejo document API version 1. `filtersTarget`: older ones do not. */
export function fakeGitea(owner: string, name: string, { root = "", filtersTarget = true } = {}): FakeApi {
  const base = `${root}/api/v1/repos/${owner}/${name}`;
  return strictly((call, forge) => {
    const { authorization } = call.headers;
    if (authorization !== undefined && authorization !== `token ${token}`)
      return {
        status: 401,
        body: { message: "user does not exist [uid: 0, name: ]", url: `${forge.origin}/api/swagger` },
      };
    if (authorization === undefined || !call.path.startsWith(`${base}/`)) return notFound;
    const [, room, number, isComments] =
      /^\/(pulls|issues)(?:\/(\d+)(\/comments)?)?$/.exec(call.path.slice(base.length)) ?? [];
    if (number === undefined) {
      if (room !== "pulls") return undefined;
      if (call.method === "GET") return list(forge, call.query, filtersTarget);
      return call.method === "POST" ? create(forge, call.body) : undefined;
    }
    const request = forge.kept.find((each) => each.number === Number(number));
    if (request === undefined) return notFound;
    if (isComments !== undefined)
      return room === "issues" && call.method === "POST" ? addComment(request, call.body) : undefined;
    if (room !== "pulls") return undefined;
    if (call.method === "GET") return { status: 200, body: show(request, forge) };
    return call.method === "PATCH" ? edit(request, forge, call.body) : undefined;
  });
}

const notFound = {
  status: 404,
  body: { errors: null, message: "not found", url: "http://localhost/api/swagger" },
} as const;

function list(forge: FakeForge, query: unknown, filtersTarget: boolean): FakeAnswer {
  const wanted = check(listQuery, query, "query");
  const found = forge.kept
    .filter((each) => !filtersTarget || wanted.base_branch === undefined || each.target === wanted.base_branch)
    .filter((each) => wanted.state === "all" || (each.state === "open") === (wanted.state === "open"))
    .toReversed();
  const { items, link } = givePage(found, Number(wanted.page), Math.min(largestPage, Number(wanted.limit)));
  const headers = { ...link, "x-total-count": `${found.length}` };
  return { status: 200, headers, body: items.map((each) => show(each, forge)) };
}

function create(forge: FakeForge, body: unknown): FakeAnswer {
  const { head, base, title, body: text = "" } = check(creation, body, "body");
  const other = forge.kept.find(
    (each) => each.branch === head && each.target === base && each.state === "open" && !each.isFromFork,
  );
  if (head === "gone") return notFound;
  if (other === undefined)
    return { status: 201, body: show(forge.keep({ branch: head, target: base, title, body: text }), forge) };
  const message = `pull request already exists for these targets [id: ${other.number}, issue_id: ${other.number}, head_repo_id: 1, base_repo_id: 1, head_branch: ${head}, base_branch: ${base}]`;
  return { status: 409, body: { message, url: `${forge.origin}/api/swagger` } };
}

function edit(request: KeptRequest, forge: FakeForge, body: unknown): FakeAnswer {
  const { title, body: text, state } = check(change, body, "body");
  if (state !== undefined && request.state === "merged")
    return { status: 412, body: { message: "cannot change state of this pull request, it was already merged" } };
  request.title = title ?? request.title;
  request.body = text ?? request.body;
  if (state === "closed") request.state = "closed";
  return { status: 201, body: show(request, forge) };
}

function addComment(request: KeptRequest, body: unknown): FakeAnswer {
  const text = check(comment, body, "body").body;
  request.comments.push(text);
  return { status: 201, body: { id: 500 + request.comments.length, body: text } };
}

/** The branch of a closed request is taken to be removed: then `ref` is the server's own, and `label` what it was. */
function show(request: KeptRequest, { origin }: FakeForge): object {
  const { number, title, body, state, branch, target, isFromFork } = request;
  const ref = state === "open" ? branch : `refs/pull/${number}/head`;
  return {
    id: 7000 + number,
    number,
    title,
    body,
    state: state === "open" ? "open" : "closed",
    merged: state === "merged",
    merged_at: state === "merged" ? "2026-01-02T03:04:05Z" : null,
    html_url: `${origin}/home/project/pulls/${number}`,
    head: { label: branch, ref, sha: "8".repeat(40), repo_id: isFromFork ? 2 : 1 },
    base: { label: target, ref: target, sha: "9".repeat(40), repo_id: 1 },
  };
}
