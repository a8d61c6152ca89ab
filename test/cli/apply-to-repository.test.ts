import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { programPath } from "../parties/find-program.ts";
import { type GitRepository, gitRepository } from "../parties/git.ts";
import { talosUser } from "../run-talos.ts";

const platforms = ["linux/amd64", "linux/arm64"];

/** Single images and indexes, with newer versions that policies let through or not. */
async function stockedRegistry(): Promise<DockerRegistry> {
  const registry = await dockerRegistry();
  await registry.push({ repository: "web", tags: ["1.25.3-alpine", "1.25.3"], content: "old" });
  await registry.push({ repository: "web", tags: ["1.27.1-alpine"], content: "new", platforms });
  await registry.push({ repository: "web", tags: ["1.27.1", "2.0.0-alpine"], content: "other" });
  await registry.push({ repository: "team/db", tags: ["16.1", "16.4"], platforms, format: "docker" });
  await registry.push({ repository: "runtime", tags: ["24.1.0", "24.2.0", "latest"], content: "r" });
  await registry.push({ repository: "agent", tags: ["v3.0.0", "v3.0.1"], platforms });
  await registry.push({ repository: "backup", tags: ["0.9.1", "0.9.2"], content: "b" });
  return registry;
}

/** One of each kind of file, with what a careless edit would break: comments, CRLF, quotes, no final line break. */
function homeFiles(host: string): Record<string, string> {
  return {
    "web/compose.yml": [
      "# the front door 🚪",
      "services:",
      "    web:   # nothing else",
      `        image: "${host}/web:1.25.3-alpine"  # keep`,
      "        x-talos: { bump: minor, strategy: push }",
      "    db:",
      `        image: \${DB_IMAGE:-${host}/team/db:16.1}`,
      '        x-tl: "^!"',
      "    other:",
      `        image: ${host}/web:1.25.3`,
      "",
    ].join("\r\n"),
    "web/.env": "# nothing here\n",
    "backup/docker-compose.yaml": `services: {job: {image: "\${BACKUP}", x-tl: "+!"}}`,
    "backup/.env": `export BACKUP='${host}/backup:0.9.1' # nightly\nOTHER=1\n`,
    "app/Dockerfile": `FROM ${host}/runtime:24.1.0 AS build\n# !tl ^!\nRUN true\nFROM build\nCOPY --from=${host}/runtime /a /a\n# !tl @!\n`,
    "cluster/agent.yaml": `---\nkind: Namespace\n---\nkind: DaemonSet\nmetadata: {name: agent}\nspec:\n  template:\n    metadata:\n      annotations:\n        haondt.dev/talos: "~!"\n    spec:\n      containers:\n      - image: ${host}/agent:v3.0.0`,
    ".talos.yaml": [
      "Glob:",
      "  DockerCompose: {}",
      "  Dockerfile: {}",
      "  Env: {}",
      "  Yaml:",
      "    - IncludeGlobs: ['cluster/*.yaml']",
      "      AncestorPath: /spec/template/",
      "      RelativeImagePath: /spec/containers/0/image",
      "      RelativeTalosPath: /metadata/annotations/haondt.dev\\/talos",
      "",
    ].join("\n"),
    ".gitignore": "private/\n",
    "private/compose.yml": `services: {a: {image: "${host}/secret:1", x-tl: "+!"}}`,
  };
}

const chosenTags = {
  "compose:web/compose.yml#services.web.image": ["minor", "web:1.27.1-alpine"],
  "compose:web/compose.yml#services.db.image": ["minor", "team/db:16.4"],
  "compose:backup/docker-compose.yaml#services.job.image": ["patch", "backup:0.9.2"],
  "dockerfile:app/Dockerfile#stages.build": ["minor", "runtime:24.2.0"],
  "dockerfile:app/Dockerfile#stages.1.copy.0": ["digest", "runtime:latest"],
  "yaml:cluster/agent.yaml#1/spec/template/spec/containers/0/image": ["patch", "agent:v3.0.1"],
};

describeWith(["git", "docker-registry", "skopeo"], "plan and apply in a git repository", () => {
  test("propose the newest allowed tags with the digests that skopeo sees", async () => {
    await using registry = await stockedRegistry();
    await using repository = await gitRepository(homeFiles(registry.host));
    await using user = await talosUser();
    const { document, status } = await user.plan(["plan"], { cwd: repository.path });
    expect(status).toBe(0);
    const updates = document.references.filter(({ verdict }) => verdict === "update");
    const expected = Object.entries(chosenTags).map(async ([id, [size, image = ""]]) => ({
      id,
      size,
      to: `${registry.host}/${image}@${await skopeoDigest(registry, image)}`,
    }));
    expect(
      updates.map(({ id, proposals }) => ({ id, size: proposals[0]?.size, to: proposals[0]?.to })).toSorted(byId),
    ).toEqual((await Promise.all(expected)).toSorted(byId));
    expect(updates.flatMap(({ proposals }) => proposals.map(({ strategy }) => strategy))).toEqual(
      Array.from({ length: updates.length }, () => "push"),
    );
    const others = document.references.filter(({ verdict }) => verdict !== "update");
    expect(others.map(({ id, reasons }) => [id, reasons[0]?.code])).toEqual([
      ["compose:web/compose.yml#services.other.image", "not-opted-in"],
    ]);
    expect(await repository.git("status", "--porcelain")).toBe("");
  });

  test("change the bytes of the images and no others, and nothing the second time", async () => {
    await using registry = await stockedRegistry();
    const files = homeFiles(registry.host);
    await using repository = await gitRepository(files);
    await using user = await talosUser();
    const { document } = await user.plan(["plan"], { cwd: repository.path });
    expect(await user.run(["apply", "--quiet"], { cwd: repository.path })).toMatchObject({ status: 0, stderr: "" });

    const expected = { ...files };
    for (const { proposals } of document.references)
      for (const { file, line, from, to } of proposals[0]?.edits ?? []) {
        const lines = (expected[file] ?? "").split("\n");
        expect(lines[line - 1]).toContain(from);
        lines[line - 1] = (lines[line - 1] ?? "").replace(from, () => to);
        expected[file] = lines.join("\n");
      }
    expect(expected).not.toEqual(files);
    for (const [file, text] of Object.entries(expected))
      expect(await readFile(join(repository.path, file), "utf8"), file).toBe(text);

    const afterFirst = await repository.git("diff");
    expect((await user.run(["apply", "--no-cache"], { cwd: repository.path })).stdout).toBe("nothing to write\n");
    expect(await repository.git("diff")).toBe(afterFirst);
  });

  test("commit exactly what was changed, and leave other changes as they are", async () => {
    await using registry = await stockedRegistry();
    await using repository = await gitRepository({
      ...homeFiles(registry.host),
      "notes.txt": "a\n",
      "todo.txt": "a\n",
    });
    await using user = await talosUser();
    await repository.write({ "notes.txt": "staged\n", "todo.txt": "not staged\n", "new.txt": "new\n" });
    await repository.git("add", "notes.txt");
    const before = await repository.git("status", "--porcelain");
    const applied = await user.run(["apply", "--commit"], { cwd: repository.path });
    expect(applied).toMatchObject({ status: 0 });
    expect(applied.stdout).toContain((await repository.git("rev-parse", "HEAD")).slice(0, 8));
    expect(await repository.git("status", "--porcelain")).toBe(before);
    expect(await repository.git("log", "-1", "--format=%an <%ae>")).toBe("Ada <ada@example.com>");
    const commit = await repository.git("cat-file", "commit", "HEAD");
    expect(commit.slice(commit.indexOf("\n\n") + 2)).toBe(await expectedMessage(registry));
    expect(await changedFiles(repository)).toEqual([
      "app/Dockerfile",
      "backup/.env",
      "cluster/agent.yaml",
      "web/compose.yml",
    ]);
  });

  test("write the digest that a tag has now, whatever was cached", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0"], content: "old" });
    await registry.push({ repository: "web", tags: ["1.1.0"], content: "new" });
    await using repository = await gitRepository({
      "compose.yml": `services: {a: {image: "${registry.host}/web:1.0.0", x-tl: "^!"}}`,
    });
    await using user = await talosUser();
    await user.plan(["plan"], { cwd: repository.path });
    const { digest } = await registry.push({ repository: "web", tags: ["1.1.0"], content: "built again" });
    expect((await user.run(["apply"], { cwd: repository.path })).status).toBe(0);
    expect(await repository.git("diff")).toContain(`/web:1.1.0@${digest}"`);
  });

  test("write nothing while .talos.yaml is wrong: it may say what is not to be touched", async () => {
    await using registry = await stockedRegistry();
    const files = homeFiles(registry.host);
    await using repository = await gitRepository({
      ...files,
      ".talos.yaml": `${files[".talos.yaml"]}Defauls: {age: 3d}\n`,
    });
    await using user = await talosUser();
    const run = await user.run(["apply"], { cwd: repository.path });
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^talos: \.talos\.yaml:10:1: Defauls: .*did you mean `Defaults`\?; nothing was written$/),
      "  mend it first: it says which images may be changed, and how",
    ]);
    expect(await repository.git("status", "--porcelain")).toBe("");
  });

  test("commit nothing when there is nothing to write", async () => {
    await using registry = await stockedRegistry();
    await using repository = await gitRepository({
      "compose.yml": `services: {a: {image: "${registry.host}/web:1.25.3"}}`,
    });
    await using user = await talosUser();
    const head = await repository.git("rev-parse", "HEAD");
    const run = await user.run(["apply", "--commit"], { cwd: repository.path });
    expect(run).toEqual({ status: 0, stdout: "nothing to write\n", stderr: "" });
    expect(await repository.git("rev-parse", "HEAD")).toBe(head);
  });
});

async function expectedMessage(registry: DockerRegistry): Promise<string> {
  const short = async (image: string) =>
    `${image.split("/").at(-1)}@${(await skopeoDigest(registry, image)).slice("sha256:".length).slice(0, 8)}`;
  return [
    "[Talos] Updating images",
    "",
    "app/Dockerfile",
    `  build: runtime:24.1.0 -> ${await short("runtime:24.2.0")}`,
    `  app: runtime -> ${await short("runtime:latest")}`,
    "backup/docker-compose.yaml",
    `  job: backup:0.9.1 -> ${await short("backup:0.9.2")}`,
    "cluster/agent.yaml",
    `  agent: agent:v3.0.0 -> ${await short("agent:v3.0.1")}`,
    "web/compose.yml",
    `  web: web:1.25.3-alpine -> ${await short("web:1.27.1-alpine")}`,
    `  db: db:16.1 -> ${await short("team/db:16.4")}`,
  ].join("\n");
}

async function changedFiles(repository: GitRepository): Promise<readonly string[]> {
  return (await repository.git("show", "--format=", "--name-only", "HEAD")).split("\n");
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}

async function skopeoDigest(registry: DockerRegistry, image: string): Promise<string> {
  const args = ["inspect", "--format", "{{.Digest}}", "--tls-verify=false", `docker://${registry.host}/${image}`];
  return (await promisify(execFile)(programPath("skopeo"), args)).stdout.trim();
}
