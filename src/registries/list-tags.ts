import type { RegistryConnection } from "./connect-registry.ts";
import { badAnswer, repositoryMissing } from "./failures.ts";
import { findNextLink } from "./link-header.ts";
import type { LookupTime } from "./lookup-time.ts";
import { readJson } from "./read-json.ts";
import type { Lookup, LookupFailure, Repository } from "./registry.ts";
import type { Answer } from "./transport.ts";

const tagsPerPage = 1000;
const mostPages = 1000;
const mostTags = 500_000;

/** All pages, one after another: the registry's own link leads to the next one, and is never made up. */
export async function listTags(
  connection: RegistryConnection,
  repository: Repository,
  time: LookupTime,
): Promise<Lookup<readonly string[]>> {
  const tags = new Set<string>();
  const seen = new Set<string>();
  let address: { readonly resource: string } | { readonly url: URL } = { resource: `tags/list?n=${tagsPerPage}` };
  for (let page = 1; page <= mostPages; page += 1) {
    const asked = await connection.ask(
      { method: "GET", repository, address, accept: "application/json", isPull: false },
      time,
    );
    if (asked.kind !== "answer") return asked;
    const failure = addTags(asked.answer, repository, tags);
    if (failure !== undefined) return failure;
    const next = findNextLink(asked.answer.header("link") ?? "");
    if (next === undefined) return { kind: "found", value: [...tags] };
    const url = URL.parse(next, asked.answer.url.href);
    if (url === null)
      return badAnswer(repository.domain, `names a next page of the tags of ${repository.path} that is no address`);
    seen.add(asked.answer.url.href);
    if (seen.has(url.href)) return badAnswer(repository.domain, `lists the tags of ${repository.path} in a circle`);
    address = { url };
  }
  return badAnswer(repository.domain, `lists the tags of ${repository.path} on more than ${mostPages} pages`);
}

function addTags(answer: Answer, repository: Repository, tags: Set<string>): LookupFailure | undefined {
  if (answer.status === 404) return repositoryMissing(repository);
  const what = `${repository.domain}, asked for the tags of ${repository.path},`;
  if (answer.status !== 200) return badAnswer(what, `answered ${answer.status}`);
  const json = readJson(answer);
  if (json.kind === "bad") return badAnswer(what, json.what);
  // Some registries write an empty list as null.
  const list = json.value["tags"] ?? [];
  if (!Array.isArray(list) || !("tags" in json.value)) return badAnswer(what, "answered without a list of tags");
  for (const tag of list) if (isTag(tag)) tags.add(tag);
  return tags.size > mostTags ? badAnswer(what, `listed more than ${mostTags} tags`) : undefined;
}

/** Anything else could not be asked for, nor be written into a file. */
function isTag(value: unknown): value is string {
  return typeof value === "string" && /^\w[\w.-]{0,127}$/.test(value);
}
