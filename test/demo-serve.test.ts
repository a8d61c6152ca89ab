import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { startChromium } from "./parties/chromium.ts";
import { describeWith } from "./parties/describe-with.ts";
import { runTestGit } from "./parties/git.ts";
import { listen } from "./parties/listen.ts";
import { temporaryFolder } from "./parties/temporary-folder.ts";
import { talosMain } from "./run-talos.ts";

describeWith(["git", "chromium"], "talos demo --serve in a browser", () => {
  test("its link signs in, and what a person approves on the page is committed", { timeout: 150_000 }, async () => {
    await using folder = await temporaryFolder();
    await using browser = await startChromium();
    const demo = startDemo(folder.path, []);
    const [, link = ""] = await demo.waitFor(/(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/);
    const [, repository = ""] = await demo.waitFor(/git --git-dir (\S+)/);
    const page = await browser.newPage();
    page.setDefaultTimeout(45_000);
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    expect(page.url()).not.toContain("token");
    // Released while it is looked at: it comes without a click.
    const item = page.getByRole("listitem").filter({ hasText: "1.28.0-alpine" });
    await item.getByRole("button", { name: "Push web" }).click();
    await item.getByRole("button", { name: "Push web" }).waitFor({ state: "detached" });
    const head = () => runTestGit(repository, "show", "main:web/Dockerfile");
    await expect.poll(head, { timeout: 45_000, interval: 250 }).toContain("nginx:1.28.0-alpine@sha256:");
    const commit = (await runTestGit(repository, "rev-parse", "--short=7", "main")).trim();
    await page.getByRole("navigation").getByRole("link", { name: "History" }).click();
    await page.getByText(commit).first().waitFor();
    expect(await demo.end("SIGTERM")).toBe(0);
  });
});

describeWith(["git"], "talos demo --serve", () => {
  test("an update comes, is approved and committed, and nothing is left", { timeout: 150_000 }, async () => {
    await using folder = await temporaryFolder();
    // What a person could have set, and what the demo has nothing to do with.
    const demo = startDemo(folder.path, [], { RedisSettings__Endpoint: "127.0.0.1:1", GIT_AUTHOR_NAME: "somebody" });
    const [link = "", base = "", token = ""] = await demo.waitFor(/(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/);
    expect(link).not.toBe("");
    const [, repository = ""] = await demo.waitFor(/git --git-dir (\S+)/);
    const call = async (path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(base + path, {
        headers,
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    };
    expect((await fetch(`${base}/api/v1/updates`)).status).toBe(401);
    await demo.waitFor(/nginx:1\.28\.0-alpine was released/);
    const patience = { timeout: 45_000, interval: 250 };
    await expect.poll(async () => (await call("/api/v1/updates")).text, patience).toContain("1.28.0-alpine");
    const answered = await call("/api/v1/operations/update%20answer", { reference: "web", answer: "push" });
    expect(answered).toMatchObject({ status: 200 });
    const head = () => runTestGit(repository, "show", "main:web/Dockerfile");
    await expect.poll(head, patience).toContain("nginx:1.28.0-alpine@sha256:");
    expect(await runTestGit(repository, "log", "-1", "--format=%an", "main")).toContain("Talos");
    expect(await demo.end("SIGINT")).toBe(0);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("a port that is taken is said in one line, and nothing is left", { timeout: 60_000 }, async () => {
    await using folder = await temporaryFolder();
    await using other = await listen(createServer());
    const demo = startDemo(folder.path, ["--listen", other.host]);
    expect(await demo.ended).toBe(1);
    expect(demo.lines.join("\n")).toMatch(/talos: The API cannot listen on 127\.0\.0\.1, port \d+/);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("what is no address and port is refused", { timeout: 60_000 }, async () => {
    await using folder = await temporaryFolder();
    const demo = startDemo(folder.path, ["--listen", "everywhere"]);
    expect(await demo.ended).toBe(64);
    expect(demo.lines.join("\n")).toContain("--listen takes an address and a port, not everywhere");
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

/** The home and the folders for caches and temporary files are one, so that whatever is left behind shows there. */
function startDemo(folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const own = { HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: join(folder, "cache"), NO_COLOR: "1" };
  // Every command keeps compiled code; that of tests is elsewhere.
  const NODE_COMPILE_CACHE = join(import.meta.dirname, "../node_modules/.cache/talos-test/code");
  const child = spawn(process.execPath, [talosMain, "demo", "--serve", ...args], {
    env: { ...process.env, ...own, NODE_COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const listener of listeners) listener();
    });
  const ended = once(child, "close").then(([status]) => status as number | null);
  return {
    lines,
    ended,
    waitFor: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null);
          if (found === undefined || found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`ended before it wrote ${pattern}:\n${lines.join("\n")}`)));
        look();
      }),
    end: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    },
  };
}
