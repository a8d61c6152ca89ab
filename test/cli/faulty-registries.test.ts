import { createServer } from "node:http";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { flakyProxy, type ProxyFaults } from "../parties/flaky-proxy.ts";
import { listen } from "../parties/listen.ts";
import { talosUser } from "../run-talos.ts";

const repositories = Array.from({ length: 30 }, (_, index) => `team/app-${index}`);

/** Every third one is up to date; the images, pinned. */
async function stockRegistry(registry: DockerRegistry, names: readonly string[]): Promise<readonly string[]> {
  const images: string[] = [];
  for (const [index, repository] of names.entries()) {
    const { digest } = await registry.push({ repository, tags: ["1.0.0"], content: repository });
    if (index % 3 !== 0) await registry.push({ repository, tags: ["1.0.1"], content: `newer ${repository}` });
    images.push(`${repository}:1.0.0@${digest}`);
  }
  return images;
}

async function planBehind(faults: ProxyFaults, names: readonly string[] = repositories) {
  await using registry = await dockerRegistry();
  const images = await stockRegistry(registry, names);
  await using proxy = await flakyProxy(registry.url, faults);
  await using user = await talosUser();
  await user.home.write({ "stacks/compose.yml": composeFile(proxy.host, images) });
  const outcome = await user.plan(["plan", "stacks"]);
  return { ...outcome, verdicts: outcome.document.references.map(({ verdict }) => verdict), log: [...proxy.log] };
}

const rightVerdicts = repositories.map((_, index) => (index % 3 === 0 ? "current" : "update"));

describeWith(["docker-registry"], "a registry that misbehaves", () => {
  test.each([
    { title: "at once", retryAfter: "0" },
    { title: "without saying when", retryAfter: undefined },
  ])("refuses 30 % of the requests, to be asked again $title: every reference ends right", async ({ retryAfter }) => {
    const refuse = { share: 0.3, statuses: [429, 503], ...(retryAfter === undefined ? {} : { retryAfter }) };
    const { verdicts, status, log } = await planBehind({ refuse });
    expect(log.filter(({ status: answered }) => answered === 429 || answered === 503).length).toBeGreaterThan(5);
    expect(verdicts).toEqual(rightVerdicts);
    expect(status).toBe(0);
  });

  test.each(["relative", "absolute"] as const)("pages its tag lists by %s links", async (link) => {
    const { verdicts } = await planBehind({ paging: { size: 1, link } });
    expect(verdicts).toEqual(rightVerdicts);
  });

  test("sends no digest header: the digest is read from the manifest", async () => {
    await using registry = await dockerRegistry();
    const { digest } = await registry.push({ repository: "web", tags: ["1.0.0"] });
    await using proxy = await flakyProxy(registry.url, { hasNoDigestHeader: true });
    await using user = await talosUser();
    await user.home.write({ "stacks/compose.yml": composeFile(proxy.host, ["web:1.0.0"]) });
    const { document } = await user.plan(["plan", "stacks"]);
    expect(document.references[0]?.proposals[0]?.to).toBe(`${proxy.host}/web:1.0.0@${digest}`);
  });

  test("links its pages in a circle", async () => {
    const { document, status } = await planBehind({ paging: { size: 1, link: "loop" } });
    expectUnknown(document, "bad-answer", /lists the tags of team.app-\d+ in a circle/);
    expect(status).toBe(3);
  });

  test("answers HTML", async () => {
    const html = { status: 200, headers: { "content-type": "text/html" }, body: "<html>Please log in</html>" };
    const { document, status } = await planBehind({ answer: () => html });
    expectUnknown(document, "bad-answer", /HTML/i);
    expect(status).toBe(3);
  });

  test("answers some repositories and not others", async () => {
    const { verdicts, document, status } = await planBehind({
      answer: ({ path }) => (path.includes("app-1/") ? { status: 404, body: '{"errors":[]}' } : undefined),
    });
    expect(verdicts).toEqual(rightVerdicts.map((verdict, index) => (index === 1 ? "unknown" : verdict)));
    expect(document.references[1]?.reasons[0]?.code).toBe("repository-not-found");
    expect(status).toBe(3);
  });

  test("answers listings and closes the connection on every digest: nothing is called current", async () => {
    const { document, status } = await planBehind(
      {
        answer: ({ method }) => (method === "HEAD" ? "close" : undefined),
      },
      repositories.slice(0, 3),
    );
    expectUnknown(document, "unreachable", /clos|reset|hang|broke/i);
    expect(status).toBe(3);
  });

  test("has not the tag that is written, nor a newer one", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["0.9.0"] });
    await using user = await talosUser();
    await user.home.write({ "stacks/compose.yml": composeFile(registry.host, ["web:1.0.0"]) });
    const { document, status } = await user.plan(["plan", "stacks"]);
    expectUnknown(document, "tag-not-found", /1\.0\.0/);
    expect(status).toBe(3);
  });
});

test("A registry that is not there is unknown, with what to check, and the exit status says so.", async () => {
  await using user = await talosUser();
  const gone = await listen(createServer());
  await gone[Symbol.asyncDispose]();
  await user.home.write({ "stacks/compose.yml": composeFile(gone.host, ["web:1.0.0"]) });
  const { document, status } = await user.plan(["plan", "stacks", "--exit-code"]);
  expectUnknown(document, "unreachable", /refuses the connection.*check/);
  expect(status).toBe(3);
});

function expectUnknown(
  { references }: Awaited<ReturnType<typeof planBehind>>["document"],
  code: string,
  text: RegExp,
): void {
  expect(references.length).toBeGreaterThan(0);
  for (const { verdict, reasons } of references) {
    expect({ verdict, codes: reasons.map((reason) => reason.code) }).toEqual({ verdict: "unknown", codes: [code] });
    expect(reasons[0]?.text).toMatch(text);
  }
}

function composeFile(host: string, names: readonly string[]): string {
  const services = names.map((name, index) => `  s${index}:\n    image: ${host}/${name}\n    x-tl: "^!"\n`);
  return `services:\n${services.join("")}`;
}
