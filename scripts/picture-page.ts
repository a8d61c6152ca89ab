// `node scripts/picture-page.ts`: the picture of the page for the README. With a folder: pictures of all that can be seen,
// in all widths, light and dark, to look at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import packageDocument from "../package.json" with { type: "json" };
import { nowMs } from "../test/fixtures/fake-talos.ts";
import { openHttpWorld } from "../test/fixtures/http-world.ts";
import { livelyTalos } from "../test/fixtures/lively/lively-talos.ts";
import { startChromium } from "../test/parties/chromium.ts";
import { buildStalePage } from "./build-page.ts";

const { version } = packageDocument;
const [, , folder] = process.argv;
const widths = [320, 768, 1280, 1920];
const places = ["", "updates", "queue", "hosts", "hosts/nas", "history", "settings", "reference"];
const dialogs = ["updates?reference=github.com/me/infra%20compose:media/compose.yml%23services.immich-server.image"];

await buildStalePage();
await using world = await openHttpWorld({ talos: livelyTalos({ isCalm: folder === undefined }), version });
const token = await world.createToken("ada", { kind: "api", access: "admin" });
const browser = await startChromium();
try {
  if (folder === undefined) await takeReadmePicture(browser);
  else await takeAllPictures(browser, folder);
} finally {
  await browser.close();
}

async function takeReadmePicture(browser: Browser): Promise<void> {
  const page = await openPage(browser, { width: 1280, height: 820, colorScheme: "light" });
  await page.screenshot({ path: join(import.meta.dirname, "..", "docs", "images", "page.png") });
}

async function takeAllPictures(browser: Browser, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of widths) {
      const page = await openPage(browser, { width, height: width < 700 ? 720 : 900, colorScheme });
      for (const place of [...places, ...dialogs]) {
        await page.goto(`${world.url}/${place}`);
        await page.locator("h1").waitFor();
        await page.waitForLoadState("networkidle").catch(() => undefined);
        const name = place.replace(/\?.*/, "-details").replace("/", "-") || "overview";
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: place === "" });
      }
      await page.context().close();
    }
}

async function openPage(
  browser: Browser,
  {
    width,
    height,
    colorScheme,
  }: { readonly width: number; readonly height: number; readonly colorScheme: "light" | "dark" },
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => console.error(message.type(), message.text()));
  page.on("pageerror", (error) => console.error(error));
  await page.clock.setFixedTime(nowMs);
  await page.goto(`${world.url}/#token=${token}`);
  await page.locator(".need").first().waitFor();
  await page.locator(".event").first().waitFor();
  return page;
}
