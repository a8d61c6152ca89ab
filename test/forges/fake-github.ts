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
  head: z.string().optional(),
  base: z.string().optional(),
  sort: z.enum(["created", "updated", "popularity", "long-running"]).default("created"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  per_page: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/)
    .default("30"),
  page: z.string().regex(/^\d+$/).default("1"),
});
const creation = z.strictObject({
  title: z.string().min(1).max(256),
  head: z.string().min(1),
  base: z.string().min(1),
  body: z.string().max(65_536).optional(),
  draft: z.boolean().optional(),
  maintainer_can_modify: z.boolean().optional(),
});
const change = z
  .strictObject({
    title: z.string().min(1).max(256),
    body: z.string().max(65_536),
    state: z.enum(["open", "closed"]),
    base: z.string(),
    maintainer_can_modify: z.boolean(),
  })
  .partial();
const comment = z.strictObject({ body: z.string().min(1).max(65_536) });

const documentation = { documentation_url: "https://docs.github.com/rest", status: "" };

/**
 * Pull requests and their comments, as GitHub documents its REST API of 2022-11-28. The fork is one of the same owner, as
 * organisations have them.
 */
export function fakeGithub(owner: string, name: string): FakeApi {
  const base = `/api/v3/repos/${owner}/${name}`;
  return strictly((call, forge) => {
    const { authorization, accept, "user-agent": agent, "x-github-api-version": version } = call.headers;
    if (agent === undefined) return { status: 403, body: "Request forbidden by administrative rules." };
    if (accept !== "application/vnd.github+json" || version !== "2022-11-28") return undefined;
    if (authorization !== undefined && authorization !== `Bearer ${token}`)
      return { status: 401, body: { message: "Bad credentials", ...documentation } };
    if (authorization === undefined || !call.path.startsWith(`${base}/`)) return notFound;
    const [, room, number, isComments] =
      /^\/(pulls|issues)(?:\/(\d+)(\/comments)?)?$/.exec(call.path.slice(base.length)) ?? [];
    if (number === undefined) {
      if (room !== "pulls") return undefined;
      if (call.method === "GET") return list(forge, call.query, owner);
      return call.method === "POST" ? create(forge, call.body, owner) : undefined;
    }
    const request = forge.kept.find((each) => each.number === Number(number));
    if (request === undefined) return notFound;
    if (isComments !== undefined)
      return room === "issues" && call.method === "POST" ? addComment(request, call.body) : undefined;
    if (room !== "pulls") return undefined;
    if (call.method === "GET") return { status: 200, body: show(request, forge, owner) };
    return call.method === "PATCH" ? edit(request, forge, call.body, owner) : undefined;
  });
}

const notFound = { status: 404, body: { message: "Not Found", ...documentation } } as const;

function list(forge: FakeForge, query: unknown, owner: string): FakeAnswer {
  const wanted = check(listQuery, query, "query");
  // A head without an owner is ignored.
  const [headOwner, head] = wanted.head?.includes(":") === true ? wanted.head.split(":") : [];
  const found = forge.kept
    .filter((each) => head === undefined || (each.branch === head && owner === headOwner))
    .filter((each) => wanted.base === undefined || each.target === wanted.base)
    .filter((each) => wanted.state === "all" || (each.state === "open") === (wanted.state === "open"));
  const sorted = wanted.direction === "asc" ? found : found.toReversed();
  const { items, link } = givePage(sorted, Number(wanted.page), Number(wanted.per_page));
  return { status: 200, headers: link, body: items.map((each) => show(each, forge, owner)) };
}

function create(forge: FakeForge, body: unknown, owner: string): FakeAnswer {
  const { head, base, title, body: text = "" } = check(creation, body, "body");
  const problem = (fields: object): FakeAnswer => ({
    status: 422,
    body: { message: "Validation Failed", errors: [{ resource: "PullRequest", ...fields }], ...documentation },
  });
  if (head === "gone") return problem({ field: "head", code: "invalid" });
  if (
    forge.kept.some((each) => each.branch === head && each.target === base && each.state === "open" && !each.isFromFork)
  )
    return problem({ code: "custom", message: `A pull request already exists for ${owner}:${head}.` });
  return { status: 201, body: show(forge.keep({ branch: head, target: base, title, body: text }), forge, owner) };
}

function edit(request: KeptRequest, forge: FakeForge, body: unknown, owner: string): FakeAnswer {
  const { title, body: text, state } = check(change, body, "body");
  request.title = title ?? request.title;
  request.body = text ?? request.body;
  if (state === "closed" && request.state === "open") request.state = "closed";
  return { status: 200, body: show(request, forge, owner) };
}

function addComment(request: KeptRequest, body: unknown): FakeAnswer {
  const text = check(comment, body, "body").body;
  request.comments.push(text);
  return { status: 201, body: { id: 500 + request.comments.length, body: text } };
}

function show(request: KeptRequest, { origin }: FakeForge, owner: string): object {
  const { number, title, body, state, branch, target, isFromFork } = request;
  return {
    id: 7000 + number,
    number,
    title,
    body,
    state: state === "open" ? "open" : "closed",
    merged_at: state === "merged" ? "2026-01-02T03:04:05Z" : null,
    closed_at: state === "open" ? null : "2026-01-02T03:04:05Z",
    html_url: `${origin}/${owner}/project/pull/${number}`,
    url: `${origin}/api/v3/repos/${owner}/project/pulls/${number}`,
    head: { label: `${owner}:${branch}`, ref: branch, sha: "8".repeat(40), repo: { id: isFromFork ? 2 : 1 } },
    base: { label: `${owner}:${target}`, ref: target, sha: "9".repeat(40), repo: { id: 1 } },
  };
}
