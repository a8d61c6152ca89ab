import { afterAll, expect, test, vi } from "vitest";
import { operations } from "../../src/operations/operations.ts";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { closeBrowser, eventually, openVisit, visitTimeoutMs } from "./open-visit.ts";

vi.setConfig({ testTimeout: visitTimeoutMs });

describeWith(["chromium"], "the page about the API in a browser", () => {
  afterAll(closeBrowser);

  test("every operation and resource is there, with its arguments, its answers and an example", async () => {
    await using visit = await openVisit({ as: "read" });
    await visit.open("reference");
    const { page } = visit;
    await page.locator(".api-route").first().waitFor();
    const paths = await page.locator(".api-path").allInnerTexts();
    for (const { name } of operations) expect(paths).toContain(`/operations/${name.replaceAll(" ", ".")}`);
    expect(paths).toEqual(expect.arrayContaining(["/hosts/{name}/containers", "/events", "/queue"]));
    await page.getByText("/operations/container.logs", { exact: true }).click();
    const route = page.locator(".api-route[open]");
    const text = await route.innerText();
    expect(text).toMatch(/host\s+string/);
    expect(text).toMatch(/lines\s+\S+[^\n]*\s+optional/);
    expect(await route.getByRole("group", { name: /^the example of/ }).innerText()).toMatch(
      /^curl -X POST 'http:\/\/127\.0\.0\.1:\d+\/api\/v1\/operations\/container\.logs'/,
    );
    expect(visit.problems).toEqual([]);
  });

  test("it is searched by path, method and what it is for", async () => {
    await using visit = await openVisit({ as: "read" });
    await visit.open("reference");
    const { page } = visit;
    const routes = page.locator(".api-route");
    await routes.first().waitFor();
    await page.getByRole("searchbox", { name: "Search the API" }).fill("post container.restart");
    await eventually(() => routes.count()).toBe(1);
    await page.getByRole("searchbox", { name: "Search the API" }).fill("nothing like it");
    await page.getByText("Nothing of the API matches.").waitFor();
  });

  test("what it tells to ask is what the API answers", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs: Date.now() }), as: "read" });
    await visit.open("reference");
    const { page, world } = visit;
    await page.getByText("/queue", { exact: true }).click();
    const example = await page
      .locator(".api-route[open]")
      .getByRole("group", { name: /^the example of/ })
      .innerText();
    const address = /'(http[^']+)'/.exec(example)?.[1] ?? "";
    const answer = await fetch(address, { headers: { authorization: `Bearer ${world.token.read}` } });
    expect(answer.status).toBe(200);
    const fields = await page.locator(".api-route[open] .api-name").allInnerTexts();
    expect(fields).toEqual(expect.arrayContaining(Object.keys(Object(await answer.json()).entries[0])));
  });
});
