import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { fakeTalos, plannedUpdate, questionOf, recordOf } from "../fixtures/fake-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { closeBrowser, openVisit, type Visit } from "./open-visit.ts";

describeWith(["chromium"], "signing in with a browser", () => {
  afterAll(closeBrowser);

  test("a wrong token is told, the right one lets in, and signing out lasts", async () => {
    await using visit = await openStranger();
    const { page, world } = visit;
    await giveToken(page, "talos_wrong");
    await page.getByText("There is no such token").waitFor();
    await giveToken(page, world.token.operate);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(await page.locator(".person").innerText()).toContain("operate");
    // What lets in is out of reach of scripts.
    expect(await page.evaluate("document.cookie + JSON.stringify(localStorage)")).not.toContain(world.token.operate);
    expect(await page.evaluate("document.cookie")).toBe("");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("a link signs in, and its token is not left in the address or behind the back button", async () => {
    await using visit = await openStranger();
    const { page, world } = visit;
    await page.goto(`${world.url}/queue#token=${world.token.read}`);
    await page.getByRole("heading", { name: "Queue" }).waitFor();
    expect(page.url()).toBe(`${world.url}/queue`);
    await page.getByRole("link", { name: "Hosts" }).click();
    await page.goBack();
    expect(page.url()).toBe(`${world.url}/queue`);
    expect(visit.problems).toEqual([]);
  });

  test("a token that has expired does not let in", async () => {
    await using visit = await openStranger();
    const { page, world } = visit;
    const expired = await world.createToken("old", { kind: "api", access: "read" }, world.talos.now() - 1000);
    await giveToken(page, expired);
    await page.getByText("or have expired").waitFor();
  });

  test("after too many wrong tokens the page says how long to wait", async () => {
    await using visit = await openStranger();
    const { page } = visit;
    const tooMany = page.getByText("Too many wrong tokens");
    for (let tries = 0; tries < 30 && (await tooMany.count()) === 0; tries += 1) {
      const answered = page.waitForResponse(/api\/v1\/session$/);
      await giveToken(page, `talos_wrong_${tries}`);
      await answered;
      await page.locator(".field-error").waitFor();
    }
    await page.getByText(/Try again in \d+ s/).waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("who has no token is told how to make one", async () => {
    await using visit = await openStranger();
    await visit.page.getByText("I have no token").click();
    await visit.page.getByText("talos token create me --access admin").waitFor();
  });

  test("a session that is ended elsewhere ends here, and what was shown is gone", async () => {
    await using visit = await openVisit({ as: "operate" });
    const { page, world } = visit;
    await world.tokens.revoke("operate");
    const ended = page.getByText("Your session has ended");
    // Whatever the page asks for next ends it, which may be before the click.
    await Promise.race([ended.waitFor(), page.getByRole("link", { name: "Settings" }).click()]);
    await ended.waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
  });

  test("who may only look is offered nothing else, and told why", async () => {
    const talos = fakeTalos();
    const web = plannedUpdate("web");
    talos.state.records["github.com/me/infra"] = recordOf([web]);
    talos.state.questions.push(questionOf(web));
    await using visit = await openVisit({ as: "read", talos });
    const { page } = visit;
    await page.getByText("1.0.0").first().waitFor();
    await page.getByText("sign in with a token of access operate").waitFor();
    expect(await page.getByRole("button", { name: /^(Push|Defer|Ignore|Scan)/ }).count()).toBe(0);
    await visit.open("updates");
    await page.getByRole("button", { name: "web" }).click();
    await page.getByRole("dialog").getByText("+image: web:1.1.0").waitFor();
    expect(await page.getByRole("button", { name: /^(Push|Defer|Ignore|Hold)/ }).count()).toBe(0);
    expect(await page.getByRole("checkbox").count()).toBe(0);
    expect(visit.problems).toEqual([]);
  });
});

async function openStranger(): Promise<Visit> {
  const visit = await openVisit();
  await visit.page.context().clearCookies();
  await visit.page.goto(`${visit.world.url}/`);
  await visit.page.getByRole("heading", { name: "Sign in" }).waitFor();
  return visit;
}

async function giveToken(page: Page, token: string): Promise<void> {
  await page.getByLabel("Token").fill(token);
  await page.getByLabel("Token").press("Enter");
}
