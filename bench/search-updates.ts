import type { Page } from "playwright-core";
import { buildStalePage } from "../scripts/build-page.ts";
import { fakeTalos, infra, planned, recordOf } from "../test/fixtures/fake-talos.ts";
import { openHttpWorld } from "../test/fixtures/http-world.ts";
import { startChromium } from "../test/parties/chromium.ts";

interface SearchFigures {
  readonly references: number;
  readonly keys: number;
  readonly medianMs: number;
  readonly largestMs: number;
}

const count = 5000;
const words = "service-4321 compose";

/** On the page, in Chromium: from a key pressed in the search of updates until the rows that match are painted. */
export async function measureSearchUpdates(): Promise<SearchFigures> {
  await buildStalePage();
  const talos = fakeTalos();
  talos.state.records[infra] = recordOf(
    Array.from({ length: count }, (_, index) =>
      planned(`service-${index}`, { file: `stack-${Math.floor(index / 20)}/compose.yml` }),
    ),
  );
  await using world = await openHttpWorld({ talos });
  await using browser = await startChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${world.url}/updates#token=${world.token.read}`);
  await page.getByText("5,000 references").waitFor();
  const times: number[] = [];
  for (const key of [...words.split(""), ...words.split("").map(() => "Backspace")])
    times.push(await timeOf(page, key));
  const sorted = times.toSorted((a, b) => a - b);
  const medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return { references: count, keys: times.length, medianMs, largestMs: sorted.at(-1) ?? 0 };
}

/** The second frame after the key begins when the first, with the new rows, has been painted. */
async function timeOf(page: Page, key: string): Promise<number> {
  await page.evaluate(`
    document.querySelector("[type=search]").focus();
    globalThis.painted = new Promise((resolve) =>
      document.addEventListener("keydown", ({ timeStamp }) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - timeStamp))),
      { once: true, capture: true }));
    undefined`);
  await page.keyboard.press(key === " " ? "Space" : key);
  return Number(await page.evaluate("globalThis.painted"));
}
