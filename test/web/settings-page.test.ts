import { afterAll, expect, test, vi } from "vitest";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { closeBrowser, eventually, openVisit, visitTimeoutMs } from "./open-visit.ts";

const nowMs = Date.now();

vi.setConfig({ testTimeout: visitTimeoutMs });

describeWith(["chromium"], "settings in a browser", () => {
  afterAll(closeBrowser);

  test("a token is made, shown once, lets somebody in, and is revoked after a question", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("settings");
    const { page, world } = visit;
    await page.getByRole("button", { name: "Create a token" }).click();
    const dialog = page.getByRole("dialog", { name: "Create a token" });
    await dialog.getByLabel("name", { exact: true }).fill("phone");
    await dialog.getByRole("combobox", { name: "access" }).selectOption("read");
    await dialog.getByRole("button", { name: "Create" }).click();
    const shown = page.getByRole("dialog", { name: "Take the token now" });
    const token = (await shown.getByRole("group", { name: "Token" }).innerText()).trim();
    const ask = () => fetch(`${world.url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await ask()).json()).toMatchObject({ user: "phone", access: "read" });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await shown.getByRole("button", { name: "Copy Token" }).click();
    await shown.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(token);
    await shown.getByRole("button", { name: "I have taken it" }).click();
    await page.getByRole("row", { name: "phone" }).waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole("button", { name: "Revoke phone" }).click();
    await page.getByRole("dialog", { name: "Revoke phone" }).getByRole("button", { name: "Revoke phone" }).click();
    await page.getByRole("row", { name: "phone" }).waitFor({ state: "detached" });
    expect((await ask()).status).toBe(403);
    expect(visit.problems).toEqual([]);
  });

  test("a webhook's token comes with its URL and what to do with it", async () => {
    await using visit = await openVisit({
      talos: livelyTalos({ nowMs }),
      api: { BaseUrl: "http://talos.example.com" },
    });
    await visit.open("settings");
    const { page } = visit;
    await page.getByRole("button", { name: "Create a token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("name", { exact: true }).fill("our-gitlab");
    await dialog.getByRole("combobox", { name: "integration" }).selectOption("gitlab");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("http://talos.example.com/webhooks/gitlab").waitFor();
    await dialog.getByText("In GitLab under Settings").waitFor();
  });

  test("what a token lacks is told beside the form, which stays filled", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("settings");
    const { page } = visit;
    await page.getByRole("button", { name: "Create a token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("name", { exact: true }).fill("phone");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("token create needs").waitFor();
    expect(await dialog.getByLabel("name", { exact: true }).inputValue()).toBe("phone");
  });

  test("the configuration is searched, and what is not the default is told apart", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({
      talos,
      api: { BaseUrl: "http://talos.example.com", SecretKey: "hush-".repeat(10) },
    });
    await visit.open("settings");
    const { page } = visit;
    const settings = page.locator(".setting");
    await settings.first().waitFor();
    const all = await settings.count();
    await page.getByRole("checkbox", { name: "Only what is not the default" }).check();
    await eventually(() => settings.count()).toBeLessThan(all / 4);
    await page.getByRole("searchbox", { name: "Search the configuration" }).fill("talos.example");
    await eventually(() => settings.allInnerTexts()).toEqual([
      expect.stringMatching(/BaseUrl\s+http:\/\/talos.example.com/),
    ]);
    await page.getByRole("searchbox", { name: "Search the configuration" }).fill("secretkey");
    await eventually(() => settings.allInnerTexts()).toEqual([expect.stringContaining("[secret]")]);
    expect(await page.content()).not.toContain("hush-hush-hush");
    await page.getByRole("searchbox", { name: "Search the configuration" }).fill("nothing like it");
    await page.getByText("No setting matches.").waitFor();
  });

  test("colours are chosen and kept", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("settings");
    const { page } = visit;
    const ground = () => page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor");
    const light = await ground();
    await page.getByRole("radio", { name: "Dark" }).check();
    await eventually(ground).not.toBe(light);
    const dark = await ground();
    await page.reload();
    await page.getByRole("radio", { name: "Dark" }).waitFor();
    expect(await ground()).toBe(dark);
    expect(await page.getByRole("radio", { name: "Dark" }).isChecked()).toBe(true);
  });

  test("who is no admin sees how the page looks and what runs, and is told why not more", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }), as: "operate" });
    await visit.open("settings");
    const { page } = visit;
    await page.getByText("engine 20.10.24").first().waitFor();
    await page.getByText("You may look.").waitFor();
    expect(await page.getByRole("heading", { name: "Tokens" }).count()).toBe(0);
    expect(await page.getByRole("heading", { name: "Configuration" }).count()).toBe(0);
    expect(visit.problems).toEqual([]);
  });
});
