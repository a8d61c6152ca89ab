import { type Browser, chromium } from "playwright-core";
import { programPath } from "./find-program.ts";

const quiet = ["--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/** Without a sandbox: as root, and in many containers, it has none. It only ever opens pages of the tests. */
export async function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox", ...quiet] });
}
