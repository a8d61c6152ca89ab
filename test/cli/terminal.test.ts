import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { flakyProxy } from "../parties/flaky-proxy.ts";
import { runInTerminal } from "../run-in-terminal.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

interface Scene extends AsyncDisposable {
  readonly user: TalosUser;
  tagOf(service: string): Promise<string | undefined>;
}

/** One that is pushed, one asked about, one announced, and two that move together. */
async function openScene(): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const registry = stack.use(await dockerRegistry());
  const user = stack.use(await talosUser());
  for (const tag of ["1.0.0", "1.1.0"]) await registry.push({ repository: "web", tags: [tag], content: tag });
  // Progress is drawn while somebody waits.
  const proxy = stack.use(await flakyProxy(registry.url, { delayMs: 300 }));
  const image = `${proxy.host}/web:1.0.0`;
  const group = (role: string, id: string) =>
    `x-talos: {bump: minor, strategy: prompt, sync: {role: ${role}, group: pair, id: ${id}}}`;
  const policies = ['x-tl: "^!"', 'x-tl: "^?"', 'x-tl: "^*"', group("parent", "d"), group("child", "e")];
  const services = policies.map((policy, index) => `  ${"abcde"[index]}: {image: "${image}", ${policy}}\n`);
  await user.home.write({ "compose.yml": `services:\n${services.join("")}` });
  const stop = stack.move();
  return {
    user,
    async tagOf(service) {
      const text = await readFile(join(user.home.path, "compose.yml"), "utf8");
      return new RegExp(`^  ${service}: .*?/web:([^@"]+)`, "m").exec(text)?.[1];
    },
    [Symbol.asyncDispose]: () => stop.disposeAsync(),
  };
}

describeWith(["docker-registry", "script"], "a terminal", () => {
  test("is asked about each update that is not push, about a group once", async () => {
    await using scene = await openScene();
    const answers = ["y\r", "\r", "YES\r"];
    const { status, screen } = await runInTerminal(scene.user, ["apply", "--interactive"], { answers });
    expect(status).toBe(0);
    const text = stripVTControlCharacters(screen);
    expect(text.match(/[^\r\n]*\? \[y\/N\]/g)?.map((line) => line.replace(/@[0-9a-f]{8}/, "@…"))).toEqual([
      expect.stringMatching(/compose\.yml b: web:1\.0\.0 to 1\.1\.0@… \(minor\)\? \[y\/N\]$/),
      "compose.yml c: web:1.0.0 to 1.1.0@… (minor)? [y/N]",
      "sync group pair: web:1.0.0 to 1.1.0@… (minor)? [y/N]",
    ]);
    expect(text).toContain("4 images in 1 file written");
    const tags = await Promise.all(["a", "b", "c", "d", "e"].map((service) => scene.tagOf(service)));
    expect(tags).toEqual(["1.1.0", "1.1.0", "1.0.0", "1.1.0", "1.1.0"]);
  });

  test.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("that answers a question with %s ends it, and nothing is written", async (_name, key) => {
    await using scene = await openScene();
    const { status, screen } = await runInTerminal(scene.user, ["apply", "-i"], { answers: ["y\r", key] });
    expect(status).toBe(1);
    const lines = stripVTControlCharacters(screen).trimEnd().split(/\r?\n/);
    expect(lines.at(-2)).toBe("talos: stopped at a question; nothing of this target was written");
    expect(lines.at(-1)).toMatch(/^ {2}run it again/);
    expect(await scene.tagOf("a")).toBe("1.0.0");
  });

  test.each([80, 60, 140])(
    "of %i columns gets colours, lines that fit, and no rest of the progress",
    async (columns) => {
      await using scene = await openScene();
      const { status, screen } = await runInTerminal(scene.user, ["plan"], { columns });
      expect(status).toBe(0);
      expect(screen).toContain("\u001b[32m");
      const result = screen.slice(screen.lastIndexOf("\u001b[K") + "\u001b[K".length);
      expect(screen.slice(0, -result.length)).toMatch(/1 file, \d of 5 images decided/);
      const lines = stripVTControlCharacters(result).split(/\r?\n/);
      expect(lines.find((line) => line.length > columns)).toBeUndefined();
      expect(lines.find((line) => line.startsWith("  b "))).toMatch(/1\.0\.0 +1\.1\.0 +minor +prompt/);
    },
  );

  test("gets no colours with NO_COLOR, and no progress with --quiet", async () => {
    await using scene = await openScene();
    const plain = await runInTerminal(scene.user, ["plan", "--quiet"], { environment: { NO_COLOR: "1" } });
    expect(plain.screen).not.toContain("\u001b");
    expect(plain.screen).toContain("prompt with pair");
    const coloured = await runInTerminal(scene.user, ["plan", "--no-color", "--quiet"]);
    expect(coloured.screen).not.toContain("\u001b");
  });
});
