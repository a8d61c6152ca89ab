import { expect, test } from "vitest";
import { openWorld } from "../daemon/world.ts";
import { startChromium } from "../parties/chromium.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";

/** A browser, a registry, git and Talos are started. */
const patience = { timeout: 60_000 };

describeWith(["chromium", "git", "docker-registry"], "a person at the page of a real Talos", () => {
  test("reads what would be committed, pushes it, and finds it in the repository", patience, async () => {
    await using world = await openWorld();
    const { host } = world.registry;
    const push = (tag: string) => world.registry.push({ repository: "web", tags: [tag], content: tag });
    const { digest } = await push("1.0.0");
    await push("1.1.0");
    const text = `services:\n  web:\n    image: ${host}/web:1.0.0@${digest}\n    x-tl: ^?\n`;
    const repository = await world.repository("infra", { "compose.yml": text });
    const port = await freePort();
    const daemon = await world.daemon({
      ImageUpdateSettings: {
        Schedule: { Type: "Delay", DelaySeconds: 3600 },
        Repositories: [{ Url: repository.path }],
      },
      ApiSettings: { Port: String(port) },
    });
    await daemon.waitFor("that it asks", ({ kind }) => kind === "question-opened");
    const created = await world.talos(["token", "create", "me", "--access", "operate", "--json"]);
    const token = /[\w-]{43,}/.exec(created.stdout)?.[0] ?? "";
    await using browser = await startChromium();
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`http://127.0.0.1:${port}/#token=${token}`);
    await page.getByRole("link", { name: "web", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "web" });
    await dialog.getByText(`+    image: ${host}/web:1.1.0`).waitFor();
    await dialog.getByRole("button", { name: "Push" }).click();
    const delivered = await daemon.waitFor("that it is delivered", ({ kind }) => kind === "delivered");
    expect(await repository.read("compose.yml")).toMatch(/web:1\.1\.0/);
    const [commit] = await repository.commits();
    expect(commit?.id).toBe(delivered.commit);
    await dialog.getByText(String(commit?.id).slice(0, 8)).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    await page.getByRole("heading", { name: "All is well" }).waitFor();
    await expect.poll(() => page.getByRole("region", { name: "Today" }).innerText()).toContain("1 delivered");
  });
});
