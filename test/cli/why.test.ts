import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

interface Scene extends AsyncDisposable {
  readonly host: string;
  why(...args: readonly string[]): ReturnType<TalosUser["run"]>;
}

async function openScene(): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const registry: DockerRegistry = stack.use(await dockerRegistry());
  const user = stack.use(await talosUser());
  await registry.push({ repository: "team/web", tags: ["1.0.0", "0.9.0", "1.0.0-alpine", "latest"], content: "old" });
  await registry.push({
    repository: "team/web",
    tags: ["1.1.0"],
    content: "new",
    createdAt: "2026-03-04T05:06:07Z",
    labels: { "org.opencontainers.image.source": "https://git.example/web" },
  });
  await registry.push({ repository: "team/web", tags: ["2.0.0"], content: "newest" });
  const image = `${registry.host}/team/web:1.0.0`;
  await user.home.write({
    "one/compose.yml": `services:\n  web: {image: "${image}", x-tl: "^:!!!"}\n  other: {image: "${image}"}\n`,
    "two/compose.yml": `services:\n  web: {image: "\${IMAGE}", x-talos: {bump: major, pin: no, age: 2d}}\n`,
    "two/.env": `IMAGE=${image}\n`,
  });
  const stop = stack.move();
  return {
    host: registry.host,
    why: (...args) => user.run(["why", ...args]),
    [Symbol.asyncDispose]: () => stop.disposeAsync(),
  };
}

describeWith(["docker-registry"], "why", () => {
  test.each(["compose:compose.yml#services.web.image", "compose.yml#services.web.image", "web", "services.web.image"])(
    "finds a reference by %s and says all there is to know",
    async (wanted) => {
      await using scene = await openScene();
      const { status, stdout, stderr } = await scene.why(wanted, "one");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/^compose:compose\.yml#services\.web\.image\n/);
      for (const part of [
        /place +compose\.yml, line 2/,
        /policy +bump minor; digest push, patch push, minor push, major notify/,
        /family +2 of 6 tags are above 1\.0\.0, 1 below; left out: .*variant/,
        /\nupdate\n {2}push \S+\/team\/web:1\.1\.0@sha256:[0-9a-f]{64} \(minor\)\n {4}created 2026-03-04, https:\/\/git\.example\/web\n/,
        /2\.0\.0 is a major step; bump is minor \(above-bump\)/,
        /candidates, highest first\n {2}2\.0\.0 +major +above-bump/,
        /\n {2}1\.1\.0 +minor +[0-9a-f]{8} +push/,
      ])
        expect(stdout).toMatch(part);
    },
  );

  test("finds one by its image, in whatever spelling", async () => {
    await using scene = await openScene();
    for (const image of ["team/web", "team/web:1.0.0", `${scene.host}/team/web:1.0.0`])
      expect((await scene.why(image, "two")).stdout).toMatch(/^compose:compose\.yml#services\.web\.image\n/);
    const { stdout } = await scene.why("web", "two");
    expect(stdout).toMatch(/written {2}\$\{IMAGE\}/);
    expect(stdout).toMatch(/\nheld\n/);
    expect(stdout).toMatch(/age 2 ?d/);
  });

  test("lists several matches, with their targets where these differ", async () => {
    await using scene = await openScene();
    expect(await scene.why("team/web", "one")).toEqual({
      status: 0,
      stderr: "",
      stdout:
        "2 references match; name one of them:\n  compose:compose.yml#services.web.image\n  compose:compose.yml#services.other.image\n",
    });
    expect((await scene.why("web", "one", "two")).stdout).toBe(
      "2 references match; name one of them:\n  compose:compose.yml#services.web.image in one\n  compose:compose.yml#services.web.image in two\n",
    );
  });

  test("ends with 1 when there is none, and explains one that is left alone", async () => {
    await using scene = await openScene();
    expect(await scene.why("nobody", "one")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "talos: there is no reference nobody\n  talos plan lists them all; a name, an image or file#pointer will do\n",
    });
    const left = await scene.why("other", "one");
    expect(left.status).toBe(0);
    expect(left.stdout).toMatch(/skipped\n {2}no x-talos or x-tl beside it \(not-opted-in\)/);
    expect((await scene.why("other", "one", "--all")).stdout).toMatch(/\nupdate\n {2}notify .*2\.0\.0@/);
  });
});
