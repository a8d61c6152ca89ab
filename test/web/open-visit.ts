import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import type { Access } from "../../src/config/access.ts";
import { type HttpWorld, type HttpWorldOptions, openHttpWorld } from "../fixtures/http-world.ts";
import { startChromium } from "../parties/chromium.ts";

export interface Visit extends AsyncDisposable {
  readonly world: HttpWorld;
  readonly page: Page;
  /** What the browser complained of: faults, errors on its console, refusals of the content policy. */
  readonly problems: readonly string[];
  /** A path below the page's base, once it shows its heading. */
  open(path: string): Promise<void>;
}

export interface VisitOptions extends HttpWorldOptions {
  readonly as?: Access;
  readonly width?: number;
}

/** Browsers are slow where many of them share a machine. Tests that use one need more than this. */
const patienceMs = 20_000;
export const visitTimeoutMs = 60_000;

/** For what becomes so after a while. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: patienceMs, interval: 50 });
}

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a file, closed by `closeBrowser`. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Somebody who is signed in to a Talos of their own. */
export async function openVisit({ as = "admin", width = 1280, ...options }: VisitOptions = {}): Promise<Visit> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await openHttpWorld(options));
  browser ??= startChromium();
  const context = await (await browser).newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
  stack.defer(() => context.close());
  // Sooner than the test gives up: then it is told what was waited for.
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const problems = watchPage(page);
  const open = async (path: string): Promise<void> => {
    await page.goto(`${world.url}/${path}`);
    await page.locator("h1").waitFor();
  };
  await open(`#token=${world.token[as]}`);
  const parts = stack.move();
  return { world, page, problems, open, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

/** A failed request is an answer like others; everything else on the console is a fault. */
function watchPage(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) problems.push(text);
  });
  return problems;
}
