import { spawnSync } from "node:child_process";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./parties/temporary-folder.ts";

const root = join(import.meta.dirname, "..");
/** The runtime's own cache of compiled code, which every command keeps. */
const codeFolder = "cache/talos/code";

test("the demo plans, explains, applies and shows the changes, and leaves nothing behind", async () => {
  await using folder = await temporaryFolder();
  const { status, stdout, stderr } = runDemo(folder.path, []);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("16 updates (15 push, 6 prompt), 1 current, 1 held, 3 skipped");
  expect(stdout).toContain("v1.131.0 waits for ml");
  expect(stdout).toContain("15 images in 9 files written");
  expect(stdout).toContain("6 updates (6 prompt), 9 current, 3 held, 3 skipped");
  expect(stdout).toMatch(/^-NEXTCLOUD_VERSION=30\.0\.2\n\+NEXTCLOUD_VERSION=30\.0\.6$/m);
  expect(
    readdirSync(folder.path, { recursive: true, encoding: "utf8" }).filter((path) => !path.startsWith(codeFolder)),
  ).toEqual(["cache", "cache/talos"]);
});

test("a kept copy differs from the example in its images alone", async () => {
  await using folder = await temporaryFolder();
  const { stdout } = runDemo(folder.path, ["--keep"]);
  const copy = /^The copy is in (.+)$/m.exec(stdout)?.[1] ?? "";
  const example = join(root, "examples/homelab");
  for (const file of globSync(["**/*.{yaml,yml}", "**/.env", "**/Dockerfile"], { cwd: example })) {
    const before = withoutImages(readFileSync(join(example, file), "utf8"));
    expect(withoutImages(readFileSync(join(copy, file), "utf8")), file).toBe(before);
  }
});

test("without git the demo lists the changed lines itself", async () => {
  await using folder = await temporaryFolder();
  const { status, stdout } = runDemo(folder.path, [], { PATH: "" });
  expect(status).toBe(0);
  expect(stdout).toContain("\ncloud/.env\n-NEXTCLOUD_VERSION=30.0.2\n+NEXTCLOUD_VERSION=30.0.6\n");
});

/** The home and the folders for caches and temporary files are one, so that whatever is left behind shows there. */
function runDemo(folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { NODE_COMPILE_CACHE: _elsewhere, ...inherited } = process.env;
  return spawnSync(process.execPath, [join(root, "src/main.ts"), "demo", ...args], {
    encoding: "utf8",
    env: {
      ...inherited,
      HOME: folder,
      TMPDIR: folder,
      XDG_CACHE_HOME: join(folder, "cache"),
      NO_COLOR: "1",
      ...environment,
    },
  });
}

function withoutImages(text: string): string {
  return text.replaceAll(/@sha256:[0-9a-f]{64}|\d+\.\d+\.\d+(?:\.\d+)?/g, "").replaceAll(/-ls\d+/g, "");
}
