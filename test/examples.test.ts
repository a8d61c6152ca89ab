import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { formatRemark } from "../src/config/config-node.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { watchedRepositories } from "../src/config/watched-repositories.ts";
import { checkYamlPath } from "../src/updates/read-repository-file.ts";

const folder = join(import.meta.dirname, "../examples");
const examples = globSync(["*/talos.yaml", "*/appsettings.Production.json"], { cwd: folder }).toSorted();

/** As on a machine that has its secrets. */
function load(example: string) {
  return loadConfig({
    currentFolder: join(folder, dirname(example)),
    environment: { TALOS_CONFIG_DIR: join(folder, dirname(example)) },
    checkYamlPath,
    readFile: (path) => {
      if (path.startsWith("/run/secrets/")) return { kind: "text", text: secrets[basename(path)] ?? "secret\n" };
      return basename(path) === basename(example)
        ? { kind: "text", text: readFileSync(path, "utf8") }
        : { kind: "missing" };
    },
  });
}

const secrets: Readonly<Record<string, string>> = { "redis-endpoint": "redis:6379\n" };

describe("the example", () => {
  test.each(examples)("%s has no fault", (example) => {
    const reading = load(example);
    if (reading.kind === "faulty") throw new Error(reading.faults.map(formatRemark).join("\n"));
    expect(watchedRepositories(reading.config).length).toBeGreaterThan(0);
    const notices = example.startsWith("earlier-program") ? [expect.stringContaining("SkopeoCommand")] : [];
    expect(reading.notices.map(formatRemark)).toEqual(notices);
  });

  test.each(examples)("%s sets what its repositories need", (example) => {
    const reading = load(example);
    const watched = reading.kind === "loaded" ? watchedRepositories(reading.config) : [];
    for (const { id, account, author } of watched) {
      expect(account.token ?? account.identityFile, id).toBeDefined();
      expect(author.email, id).toBe("talos@example.com");
    }
  });

  test.each(globSync("*/compose.yaml", { cwd: folder }))("%s gives Talos the secrets it reads", (path) => {
    if (path.startsWith("homelab")) return;
    const project: { services: { talos: { secrets: string[] } } } = parse(readFileSync(join(folder, path), "utf8"));
    const config = readFileSync(join(folder, dirname(path), "talos.yaml"), "utf8");
    const read = [...config.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, name = ""]) => name);
    expect(new Set(project.services.talos.secrets)).toEqual(new Set(read));
  });
});

test("there is an example for each kind of git server, and with Discord and hosts", () => {
  const names = examples.map((path) => dirname(path));
  expect(names).toEqual(
    expect.arrayContaining(["discord-and-hosts", "forgejo", "generic-ssh", "gitea", "github", "gitlab"]),
  );
});
