import { expect, test } from "vitest";
import type { PlanDocument } from "../../src/updates/plan-document.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { type FlakyProxy, flakyProxy } from "../parties/flaky-proxy.ts";
import { talosUser } from "../run-talos.ts";

const repositories = Array.from({ length: 100 }, (_, index) => `team/app-${index}`);

describeWith(["docker-registry"], "300 references to 100 repositories", () => {
  test("cost one listing a repository and one HEAD a tag, nothing from a warm cache, and the same again without it", async () => {
    await using registry = await dockerRegistry();
    const digests = new Map<string, string>();
    for (const repository of repositories) {
      const { digest } = await registry.push({ repository, tags: ["1.4.1", "1.4.2"], content: repository });
      digests.set(repository, digest);
    }
    await using proxy = await flakyProxy(registry.url);
    await using user = await talosUser();
    await user.home.write(unchangedFiles(proxy.host, digests));

    const cold = await user.plan(["plan", "stacks"]);
    expect(cold.status).toBe(0);
    expect(cold.document.summary).toMatchObject({ references: 300, current: 300 });
    expectFrugal(proxy, cold.document);
    expect(countRequests(proxy)).toEqual({ listings: 100, heads: 100, manifests: 0 });

    proxy.log.length = 0;
    const warm = await user.plan(["plan", "stacks"]);
    expect(warm.document.summary).toMatchObject({ current: 300, requests: { head: 0, get: 0 } });
    expect(proxy.log).toEqual([]);

    const asked = await user.plan(["plan", "stacks", "--no-cache"]);
    expectFrugal(proxy, asked.document);
    expect(countRequests(proxy)).toEqual({ listings: 100, heads: 100, manifests: 0 });
  });
});

describeWith(["docker-registry"], "one image in ten files", () => {
  test("is looked up once, however it is spelled", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.0.1"] });
    await using proxy = await flakyProxy(registry.url);
    await using user = await talosUser();
    const compose = (image: string) => `services: {a: {image: "${image}", x-tl: "^!"}}`;
    await user.home.write(
      Object.fromEntries(
        Array.from({ length: 9 }, (_, index) => [`stacks/${index}/compose.yml`, compose(`${proxy.host}/web:1.0.0`)]),
      ),
    );
    await user.home.write({ "stacks/Dockerfile": `FROM ${proxy.host}/web:1.0.0\n# !tl ^!\n` });
    const { document } = await user.plan(["plan", "stacks"]);
    expect(document.summary).toMatchObject({ update: 10 });
    expectFrugal(proxy, document);
    expect(countRequests(proxy)).toMatchObject({ listings: 1, manifests: 0 });
    expect(new Set(document.references.map(({ proposals }) => proposals[0]?.to)).size).toBe(1);
  });
});

/** Three places for each repository, all at its newest tag and digest. */
function unchangedFiles(host: string, digests: ReadonlyMap<string, string>): Record<string, string> {
  const image = (repository: string) => `${host}/${repository}:1.4.2@${digests.get(repository)}`;
  const compose = repositories.map((one, index) => `  s${index}:\n    image: ${image(one)}\n    x-tl: "+!"\n`).join("");
  const stages = repositories.map((one) => `FROM ${image(one)}\n# !tl ^!\n`).join("");
  return {
    "stacks/a/compose.yml": `services:\n${compose}`,
    "stacks/b/compose.yaml": `services:\n${compose}`,
    "stacks/Dockerfile": stages,
  };
}

/** Nothing is asked twice, and the plan's own count is the registry's. */
function expectFrugal({ log }: FlakyProxy, { summary }: PlanDocument): void {
  const asked = log.map(({ method, path }) => `${method} ${path}`).filter((line) => !line.endsWith(" /v2/"));
  expect(asked.filter((line, index) => asked.indexOf(line) !== index)).toEqual([]);
  expect(summary.requests).toEqual({
    head: log.filter(({ method }) => method === "HEAD").length,
    get: log.filter(({ method }) => method === "GET").length,
  });
}

function countRequests({ log }: FlakyProxy) {
  return {
    listings: log.filter(({ path }) => /\/tags\/list/.test(path)).length,
    heads: log.filter(({ method }) => method === "HEAD").length,
    manifests: log.filter(({ method, path }) => method === "GET" && /\/manifests\//.test(path)).length,
  };
}
