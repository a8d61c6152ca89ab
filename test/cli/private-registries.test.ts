import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeCertificate } from "../parties/certificate.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "../parties/docker-registry.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

const account = { username: "ada", password: "s3cret:with colon" };

describeWith(["docker-registry", "htpasswd"], "a registry with a password", () => {
  const withPassword = async (prepare: (registry: DockerRegistry, user: TalosUser) => Promise<object | void>) => {
    await using registry = await dockerRegistry({ auth: { kind: "htpasswd", account } });
    await registry.push({ repository: "web", tags: ["1.0.0", "1.1.0"] });
    await using user = await talosUser();
    await user.home.write({ "stacks/compose.yml": composeFile(registry, ["web"]) });
    const environment = await prepare(registry, user);
    return await user.plan(["plan", "stacks"], environment === undefined ? {} : { environment: { ...environment } });
  };

  test("is asked with the one of the configuration", async () => {
    const { document, status } = await withPassword((registry, user) =>
      user.home.write({ "talos.yaml": configuration(registry, { Username: "ada", Password: account.password }) }),
    );
    expect(document.references[0]).toMatchObject({ verdict: "update" });
    expect(status).toBe(0);
  });

  test("is asked with the one of Docker's config.json", async () => {
    const { document } = await withPassword((registry, user) =>
      user.home.write({
        "docker/config.json": JSON.stringify({
          auths: { [registry.host]: { auth: Buffer.from(`ada:${account.password}`).toString("base64") } },
        }),
      }),
    );
    expect(document.references[0]).toMatchObject({ verdict: "update" });
  });

  test.each(["credHelpers", "credsStore"])("is asked with what a credential helper of %s knows", async (key) => {
    const { document } = await withPassword(async (registry, user) => {
      const helper = "bin/docker-credential-test";
      const answer = JSON.stringify({ ServerURL: registry.host, Username: "ada", Secret: account.password });
      await user.home.write({
        "docker/config.json": JSON.stringify({
          [key]: key === "credsStore" ? "test" : { [registry.host]: "test" },
        }),
        [helper]: `#!/bin/sh\nread -r host\n[ "$1 $host" = "get ${registry.host}" ] || exit 1\nprintf '%s' '${answer}'\n`,
      });
      await chmod(join(user.home.path, helper), 0o755);
      return { PATH: `${join(user.home.path, "bin")}:${process.env.PATH}` };
    });
    expect(document.references[0]).toMatchObject({ verdict: "update" });
  });

  test("is unknown with a wrong password, and the line says where it came from and what to do", async () => {
    const { document, status, stdout } = await withPassword((registry, user) =>
      user.home.write({ "talos.yaml": configuration(registry, { Username: "ada", Password: "wrong-s3cret" }) }),
    );
    expect(document.references).toMatchObject([{ verdict: "unknown", reasons: [{ code: "unauthorized" }] }]);
    expect(document.references[0]?.reasons[0]?.text).toMatch(/password|credentials|login/i);
    expect(stdout).not.toContain("wrong-s3cret");
    expect(status).toBe(3);
  });

  test("is unknown without one, with the advice to log in", async () => {
    const { document, status } = await withPassword(() => Promise.resolve());
    expect(document.references).toMatchObject([{ verdict: "unknown", reasons: [{ code: "unauthorized" }] }]);
    expect(document.references[0]?.reasons[0]?.text).toMatch(/docker login/);
    expect(status).toBe(3);
  });
});

describeWith(["docker-registry", "openssl"], "a registry with tokens or TLS", () => {
  test("gives one token for many repositories", async () => {
    await using registry = await dockerRegistry({ auth: { kind: "token", account } });
    const repositories = Array.from({ length: 12 }, (_, index) => `team/service-${index}`);
    for (const repository of repositories) await registry.push({ repository, tags: ["1.0.0", "1.0.1"] });
    await using user = await talosUser();
    await user.home.write({
      "stacks/compose.yml": composeFile(registry, repositories),
      "talos.yaml": configuration(registry, { Username: "ada", Password: account.password }),
    });
    const { document, status } = await user.plan(["plan", "stacks"]);
    expect(status).toBe(0);
    expect(document.summary).toMatchObject({ update: 12, unknown: 0 });
    expect(registry.tokens?.requests.filter(({ isGranted }) => isGranted)).toHaveLength(1);
    expect(registry.tokens?.requests.at(-1)?.scopes.toSorted()).toEqual(
      repositories.map((repository) => `repository:${repository}:pull`).toSorted(),
    );
  });

  test("gives no token for a wrong password", async () => {
    await using registry = await dockerRegistry({ auth: { kind: "token", account } });
    await registry.push({ repository: "web", tags: ["1.0.0"] });
    await using user = await talosUser();
    await user.home.write({
      "stacks/compose.yml": composeFile(registry, ["web"]),
      "talos.yaml": configuration(registry, { Username: "ada", Password: "wrong" }),
    });
    const { document, status } = await user.plan(["plan", "stacks"]);
    expect(document.references).toMatchObject([{ verdict: "unknown", reasons: [{ code: "unauthorized" }] }]);
    expect(status).toBe(3);
  });

  test("is trusted by its authority's certificate, and otherwise says that and what to set", async () => {
    await using registry = await dockerRegistry({ tls: true });
    await registry.push({ repository: "web", tags: ["1.0.0", "1.0.1"] });
    await using user = await talosUser();
    await user.home.write({
      "stacks/compose.yml": composeFile(registry, ["web"]),
      // On loopback any certificate would do, were none configured.
      "talos.yaml": configuration(registry, { CaFile: (await makeCertificate(user.home.path, "other")).certFile }),
    });
    const distrusted = await user.plan(["plan", "stacks"]);
    expect(distrusted.status).toBe(3);
    expect(distrusted.document.references).toMatchObject([{ verdict: "unknown", reasons: [{ code: "unreachable" }] }]);
    expect(distrusted.document.references[0]?.reasons[0]?.text).toMatch(/certificate.*CaFile/);

    await user.home.write({ "talos.yaml": configuration(registry, { CaFile: registry.caFile ?? "" }) });
    const trusted = await user.plan(["plan", "stacks"]);
    expect(trusted.document.references).toMatchObject([{ verdict: "update" }]);

    await user.home.write({ "talos.yaml": configuration(registry, { Insecure: true }) });
    const careless = await user.plan(["plan", "stacks", "--no-cache"]);
    expect(careless.document.references).toMatchObject([{ verdict: "update" }]);
  });
});

function composeFile({ host }: DockerRegistry, repositories: readonly string[]): string {
  const services = repositories.map(
    (repository, index) => `  s${index}:\n    image: ${host}/${repository}:1.0.0\n    x-tl: "^!"\n`,
  );
  return `services:\n${services.join("")}`;
}

function configuration({ host }: DockerRegistry, domain: Readonly<Record<string, string | boolean>>): string {
  return JSON.stringify({ RegistrySettings: { Domains: { [host]: domain } } });
}
