import { expect, test } from "vitest";
import { describeWith } from "./describe-with.ts";
import { dockerRegistry } from "./docker-registry.ts";
import { flakyProxy } from "./flaky-proxy.ts";

describeWith(["docker-registry"], "a proxy in front of a registry", () => {
  test.each(["relative", "absolute"] as const)("pages a tag list by %s links", async (link) => {
    await using registry = await dockerRegistry();
    const tags = ["1", "2", "3", "4", "5"];
    await registry.push({ repository: "web", tags });
    await using proxy = await flakyProxy(registry.url, { paging: { size: 2, link } });
    const seen: string[] = [];
    let next: string | undefined = `${proxy.url}/v2/web/tags/list`;
    while (next !== undefined) {
      const response: Response = await fetch(next);
      seen.push(...((await response.json()) as { tags: string[] }).tags);
      const target: string | undefined = /<(.*)>/.exec(response.headers.get("link") ?? "")?.[1];
      if (target !== undefined) expect(target.startsWith("/")).toBe(link === "relative");
      next = target === undefined ? undefined : new URL(target, proxy.url).href;
    }
    expect(seen.toSorted()).toEqual(tags);
    expect(proxy.log).toHaveLength(3);
  });

  test("refuses its share of the requests, the same ones for the same seed", async () => {
    await using registry = await dockerRegistry();
    const statuses = async (seed: number) => {
      const refuse = { share: 0.3, statuses: [429, 503], retryAfter: "1", seed };
      await using proxy = await flakyProxy(registry.url, { refuse, headers: { "ratelimit-remaining": "7" } });
      for (let count = 0; count < 100; count += 1) await fetch(`${proxy.url}/v2/`);
      return proxy.log.map(({ status }) => status);
    };
    const first = await statuses(1);
    expect(first.filter((status) => status !== 200).length).toBeGreaterThan(20);
    expect(new Set(first)).toEqual(new Set([200, 429, 503]));
    expect(await statuses(1)).toEqual(first);
    expect(await statuses(2)).not.toEqual(first);
  });

  test("drops the digest header, closes connections, and behaves again when told", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1"] });
    await using proxy = await flakyProxy(registry.url, { hasNoDigestHeader: true });
    const manifest = `${proxy.url}/v2/web/manifests/1`;
    const headers = { accept: "application/vnd.oci.image.manifest.v1+json" };
    expect((await fetch(manifest, { headers })).headers.has("docker-content-digest")).toBe(false);
    proxy.change({ answer: ({ method }) => (method === "HEAD" ? "close" : { status: 200, body: "<html>" }) });
    await expect(fetch(manifest, { method: "HEAD", headers })).rejects.toThrow();
    expect(await (await fetch(manifest)).text()).toBe("<html>");
    proxy.change({});
    expect((await fetch(manifest, { headers })).headers.has("docker-content-digest")).toBe(true);
    expect(proxy.connections).toBeGreaterThan(0);
  });
});
