import { expect, test } from "vitest";
import { createSecret } from "../../src/telemetry/secret.ts";
import { exchanges, startFakeRegistry } from "./fake-registry.ts";
import { openClient } from "./open-client.ts";

const path = "acme/app";
const firstPage = `/v2/${path}/tags/list?n=1000`;
const tags = (...list: readonly string[]) => ({ name: path, tags: list });

test.each([
  ["relative", () => "/v2/acme/app/tags/list?last=1.1&n=2"],
  ["relative to the page", () => "list?last=1.1&n=2"],
  ["absolute", (origin: string) => `${origin}/v2/acme/app/tags/list?last=1.1&n=2`],
  [
    "absolute with another scheme",
    (origin: string) => `${origin.replace("http:", "https:")}/v2/acme/app/tags/list?last=1.1&n=2`,
  ],
  ["absolute with another port of the same host", () => "http://127.0.0.1:1/v2/acme/app/tags/list?last=1.1&n=2"],
])("Pages are followed by a link that is %s.", async (_, link) => {
  let origin = "";
  await using registry = await startFakeRegistry((request) => {
    if (request.line === `GET ${firstPage}`)
      return { headers: { link: `<${link(origin)}>; rel="next"` }, body: tags("1.0", "1.1") };
    if (request.line === "GET /v2/acme/app/tags/list?last=1.1&n=2") return { body: tags("1.2") };
    return undefined;
  });
  origin = registry.origin;
  await using client = openClient();
  expect(await client.listTags({ domain: registry.domain, path })).toEqual({
    kind: "found",
    value: ["1.0", "1.1", "1.2"],
  });
  expect(client.requests).toEqual({ head: 0, get: 2 });
});

test("A link is followed as it is, whatever its parameters mean.", async () => {
  const opaque = "/v2/acme/app/tags/list?n=50&next_page=gAAAAABn%2Bq%3D%3D-_%2c&x";
  await using registry = await startFakeRegistry(
    exchanges([
      [`GET ${firstPage}`, { headers: { link: `<${opaque}>; rel="next"` }, body: tags("1") }],
      [`GET ${opaque}`, { body: tags("2") }],
    ]),
  );
  await using client = openClient();
  expect(await client.listTags({ domain: registry.domain, path })).toEqual({ kind: "found", value: ["1", "2"] });
});

test("Pages that lead in a circle end in a bad answer.", async () => {
  await using registry = await startFakeRegistry(({ url }) => ({
    headers: { link: `</v2/acme/app/tags/list?page=${(Number(url.searchParams.get("page")) + 1) % 3}>; rel="next"` },
    body: tags("1"),
  }));
  await using client = openClient();
  expect(await client.listTags({ domain: registry.domain, path })).toMatchObject({
    kind: "bad-answer",
    text: `${registry.domain} lists the tags of acme/app in a circle`,
  });
  expect(registry.requests.length).toBeLessThan(6);
});

test("Pages without an end are given up.", async () => {
  await using registry = await startFakeRegistry(({ number }) => ({
    headers: { link: `</v2/acme/app/tags/list?page=${number}>; rel="next"` },
    body: tags("1"),
  }));
  await using client = openClient();
  expect(await client.listTags({ domain: registry.domain, path })).toMatchObject({
    kind: "bad-answer",
    text: expect.stringContaining("more than 1000 pages"),
  });
});

test("A next page on another host is asked without the registry's credentials.", async () => {
  await using other = await startFakeRegistry(() => ({ body: tags("2") }));
  await using registry = await startFakeRegistry((request) =>
    request.headers["authorization"] === undefined
      ? { status: 401, headers: { "www-authenticate": "Basic" } }
      : {
          headers: { link: `<${other.origin.replace("127.0.0.1", "localhost")}/next>; rel="next"` },
          body: tags("1"),
        },
  );
  const domains = { [registry.domain]: { username: "tom", password: createSecret("hunter2") } };
  await using client = openClient({ domains });
  expect(await client.listTags({ domain: registry.domain, path })).toEqual({ kind: "found", value: ["1", "2"] });
  expect(other.requests.map((request) => request.headers["authorization"])).toEqual([undefined]);
});

test("A listing of 25,000 tags is read whole, each tag once.", async () => {
  const all = Array.from({ length: 25_000 }, (_, index) => `1.${Math.floor(index / 100)}.${index % 100}`);
  await using registry = await startFakeRegistry(({ url }) => {
    const from = Number(url.searchParams.get("last") ?? 0);
    const next = from + 1000;
    const link = next < all.length ? { link: `</v2/acme/app/tags/list?n=1000&last=${next}>; rel="next"` } : {};
    // Registries whose tags change between two pages repeat some.
    return { headers: link, body: tags(...all.slice(Math.max(0, from - 1), next)) };
  });
  await using client = openClient();
  const found = await client.listTags({ domain: registry.domain, path });
  expect(found).toEqual({ kind: "found", value: all });
  expect(client.requests.get).toBe(25);
});

test.each([
  ["null", { name: path, tags: null }, []],
  ["an empty list", { name: path, tags: [] }, []],
  ["texts that are no tags", { name: path, tags: ["ok", "../../x", 5, "a b", "", "x".repeat(129)] }, ["ok"]],
])("A list that holds %s gives what is a tag.", async (_, body, expected) => {
  await using registry = await startFakeRegistry(() => ({ body }));
  await using client = openClient();
  expect(await client.listTags({ domain: registry.domain, path })).toEqual({ kind: "found", value: expected });
});

test.each([
  [
    "HTML",
    { headers: { "content-type": "text/html" }, body: "<html>Sign in" },
    "a web page (HTML) where JSON was expected",
  ],
  ["HTML as JSON", { headers: { "content-type": "application/json" }, body: "  <!doctype html>" }, "a web page (HTML)"],
  ["nothing", { body: "" }, "nothing where JSON was expected"],
  ["half a JSON text", { body: '{"tags":["1"' }, "no JSON object"],
  ["an array", { body: "[]" }, "no JSON object"],
  ["another object", { body: { errors: [] } }, "without a list of tags"],
  ["tags of another kind", { body: { tags: "1.0" } }, "without a list of tags"],
  ["an odd status", { status: 204 }, "answered 204"],
  ["9 MiB", { body: JSON.stringify({ tags: ["x".repeat(9 * 1024 * 1024)] }) }, "more than 8 MiB"],
  [
    "9 MiB of unknown length",
    { headers: { "transfer-encoding": "chunked" }, body: Buffer.alloc(9 * 1024 * 1024, 32) },
    "more than 8 MiB",
  ],
])("An answer that is %s is a bad answer, in a sentence.", async (_, answer, sentence) => {
  await using registry = await startFakeRegistry(() => answer);
  await using client = openClient();
  const failure = await client.listTags({ domain: registry.domain, path });
  expect(failure).toMatchObject({ kind: "bad-answer", text: expect.stringContaining(sentence) });
  expect(failure).toMatchObject({ text: expect.stringContaining(registry.domain) });
  expect(registry.requests).toHaveLength(1);
});

test("A repository that is not there is missing, and that is not remembered.", async () => {
  await using registry = await startFakeRegistry(({ number }) =>
    number === 1 ? { status: 404, body: { errors: [{ code: "NAME_UNKNOWN" }] } } : { body: tags("1") },
  );
  await using client = openClient();
  expect(await client.listTags({ domain: registry.domain, path })).toEqual({
    kind: "repository-missing",
    text: `${registry.domain} has no repository acme/app`,
    hint: `check the spelling; if it is private, configure RegistrySettings.Domains."${registry.domain}"`,
  });
  expect(await client.listTags({ domain: registry.domain, path })).toEqual({ kind: "found", value: ["1"] });
});

test("However many ask for a repository's tags at once, it is listed once; later it is answered from the cache, until that expires.", async () => {
  await using registry = await startFakeRegistry(({ number }) => ({ body: tags(`${number}`) }));
  await using client = openClient();
  const repository = { domain: registry.domain, path };
  const results = await Promise.all(Array.from({ length: 50 }, () => client.listTags(repository)));
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  await client.listTags(repository);
  expect(registry.requests).toHaveLength(1);
  client.clock.advance(901_000);
  expect(await client.listTags(repository)).toEqual({ kind: "found", value: ["2"] });
});

test("One who gives up ends only the waiting; when all give up the request ends too.", async () => {
  const started = Promise.withResolvers<void>();
  await using registry = await startFakeRegistry(() => {
    started.resolve();
    return "never answer";
  });
  await using client = openClient();
  const [first, second] = [new AbortController(), new AbortController()];
  const repository = { domain: registry.domain, path };
  const one = client.listTags(repository, { signal: first.signal });
  const two = client.listTags(repository, { signal: second.signal });
  await started.promise;
  first.abort(new Error("first gave up"));
  await expect(one).rejects.toThrow("first gave up");
  expect(registry.connections.open).toBe(1);
  second.abort(new Error("second gave up"));
  await expect(two).rejects.toThrow("second gave up");
  await expect.poll(() => registry.connections.open).toBe(0);
});
