import { afterAll, expect, test } from "vitest";
import { fakeTalos, infra, plannedUpdate, questionOf, recordOf } from "../fixtures/fake-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { closeBrowser, openVisit } from "./open-visit.ts";

describeWith(["chromium"], "the page behind a proxy with a path", () => {
  afterAll(closeBrowser);

  test("every place, the API and the events are below that path, and a link into the page works", async () => {
    const port = await freePort();
    const web = plannedUpdate("web");
    const talos = fakeTalos();
    talos.state.records[infra] = recordOf([web]);
    await using visit = await openVisit({ talos, port, api: { BaseUrl: `http://127.0.0.1:${port}/home/talos` } });
    const { page, world } = visit;
    await page.goto("about:blank");
    await page.goto(`${world.url}/home/talos/updates?q=web#token=${world.token.admin}`);
    await page.getByRole("button", { name: "web" }).waitFor();
    await page.locator('[data-connection="live"]').waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    expect(page.url()).toBe(`${world.url}/home/talos/`);
    talos.state.questions.push(questionOf(web));
    talos.happen({ kind: "question-opened", text: "web", source: infra });
    await page.getByRole("button", { name: "Push web" }).click();
    await expect.poll(() => talos.state.calls.length).toBe(1);
    await page.goBack();
    expect(page.url()).toBe(`${world.url}/home/talos/updates?q=web`);
    expect(visit.problems).toEqual([]);
  });
});
