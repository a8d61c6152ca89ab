import type { Page } from "playwright-core";
import { afterAll, describe, expect, test, vi } from "vitest";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { findAxeFaults } from "./find-axe-faults.ts";
import { closeBrowser, eventually, openVisit, visitTimeoutMs } from "./open-visit.ts";

const nowMs = Date.now();
const paths = [
  "",
  "updates",
  "queue",
  "hosts",
  "hosts/nas",
  "hosts/nas/immich-server-1",
  "history",
  "settings",
  "reference",
];
const widths = [320, 768, 1280, 1920];

vi.setConfig({ testTimeout: visitTimeoutMs });

describeWith(["chromium"], "every page in a browser", () => {
  afterAll(closeBrowser);

  describe.each(paths)("/%s", (path) => {
    test("axe finds nothing, light and wide, dark and narrow, and the browser complains of nothing", async () => {
      await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
      const { page } = visit;
      for (const [colorScheme, width] of [
        ["light", 1280],
        ["dark", 320],
      ] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        await visit.open(path);
        await settle(page);
        expect(await findAxeFaults(page), `${colorScheme} ${width}`).toEqual([]);
      }
      expect(visit.problems).toEqual([]);
    });

    test("nothing makes the page wider than the window", async () => {
      await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
      const { page } = visit;
      await visit.open(path);
      await settle(page);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await eventually(() => page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      }
    });

    test("by keyboard everything is reached in its order, and where one is can be seen", async () => {
      await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
      const { page } = visit;
      await visit.open(path);
      await settle(page);
      await page.evaluate("document.activeElement.blur()");
      const stops: string[] = [];
      for (let stop = 0; stop < 40; stop += 1) {
        await page.keyboard.press("Tab");
        const at = await describeFocus(page);
        if (at === undefined) break;
        expect(at.isSeen, at.name).toBe(true);
        expect(at.isLater, `${at.name} comes after what was before it`).toBe(true);
        stops.push(at.name);
      }
      expect(stops.length).toBeGreaterThan(8);
      expect(stops[0]).toMatch(/skip/i);
    });
  });

  test.each([
    ["queue", "queue", "grafana"],
    ["hosts", "hosts", "ssh://talos@nas:22"],
    ["hosts/nas/immich-server-1", "hosts/nas/containers", "immich, service server"],
    ["history", "statistics?weeks=12", "Updates per week"],
    ["settings", "settings", "DataDirectory"],
    ["reference", "openapi.json", "/operations/scan"],
  ])("/%s tells that %s cannot be had, and shows it when it is asked for again", async (path, resource, text) => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    const { page, world } = visit;
    const address = `${world.url}/api/v1/${resource}`;
    const body = JSON.stringify({ status: 503, code: "store-unreachable", title: "The store is away", hint: "Wait." });
    await page.route(address, (route) => route.fulfill({ status: 503, body, contentType: "application/problem+json" }));
    await visit.open(path);
    const alert = page.getByRole("alert").filter({ hasText: "The store is away" });
    await alert.getByText("Wait.").waitFor();
    expect(await findAxeFaults(page)).toEqual([]);
    await page.unroute(address);
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByText(text).first().waitFor();
    await alert.waitFor({ state: "detached" });
  });

  test("a dialog takes the focus, keeps it, ends with Escape and gives it back", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    const { page } = visit;
    await visit.open("queue");
    const opener = page.getByRole("button", { name: "Drop vaultwarden" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press("Tab");
      // Past its end the focus is the browser's own for one step.
      expect(
        await page.evaluate(
          "document.activeElement.closest('dialog') !== null || document.activeElement === document.body",
        ),
      ).toBe(true);
    }
    expect(await findAxeFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  });

  test("charts, an opened route and a token that was made are well for axe too", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }), width: 800 });
    const { page } = visit;
    await visit.open("history");
    await page.getByText("Charts", { exact: true }).click();
    for (const table of await page.getByText("As a table").all()) await table.click();
    expect(await findAxeFaults(page)).toEqual([]);
    await visit.open("reference");
    await page.getByText("/operations/container.logs", { exact: true }).click();
    expect(await findAxeFaults(page)).toEqual([]);
    await visit.open("settings");
    await page.getByRole("button", { name: "Create a token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("name", { exact: true }).fill("phone");
    await dialog.getByRole("combobox", { name: "access" }).selectOption("read");
    expect(await findAxeFaults(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByRole("button", { name: "I have taken it" }).waitFor();
    expect(await findAxeFaults(page)).toEqual([]);
    expect(visit.problems).toEqual([]);
  });
});

/** Nothing is on its way any more. */
async function settle(page: Page): Promise<void> {
  await eventually(() => page.locator(".loading").count()).toBe(0);
}

interface Focus {
  readonly name: string;
  /** It is in sight, and marked. */
  readonly isSeen: boolean;
  /** In the document, after what had the focus before. */
  readonly isLater: boolean;
}

async function describeFocus(page: Page): Promise<Focus | undefined> {
  return page.evaluate<Focus | undefined>(`(() => {
    const now = document.activeElement;
    if (now === null || now === document.body) return undefined;
    const before = globalThis.focusBefore;
    globalThis.focusBefore = now;
    const marked = now.matches('input[type=radio], input[type=checkbox]') ? [now, now.closest('label') ?? now] : [now];
    const box = now.getBoundingClientRect();
    return {
      name: now.tagName + ' ' + (now.getAttribute('aria-label') ?? now.textContent ?? '').slice(0, 60),
      isSeen: box.bottom > 0 && box.top < innerHeight && marked.some((one) => getComputedStyle(one).outlineStyle !== 'none'),
      isLater: before === undefined || !before.isConnected || (before.compareDocumentPosition(now) & 4) !== 0,
    };
  })()`);
}
