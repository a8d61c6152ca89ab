import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describeWith } from "./describe-with.ts";
import { type DockerRegistry, dockerRegistry } from "./docker-registry.ts";
import { programPath } from "./find-program.ts";

const account = { username: "ada", password: "s3cret" };

describeWith(["docker-registry", "skopeo", "htpasswd", "openssl"], "a registry", () => {
  test("serves what was pushed under the digests that skopeo sees", async () => {
    await using registry = await dockerRegistry();
    const single = await registry.push({ repository: "team/web", tags: ["1.0", "1.1", "latest"] });
    const platforms = ["linux/amd64", "linux/arm64/v8"];
    const index = await registry.push({ repository: "team/web", tags: ["2.0"], platforms, format: "docker" });
    expect(await skopeoDigest(registry, "team/web:1.1", "--tls-verify=false")).toBe(single.digest);
    expect(await skopeoDigest(registry, "team/web:2.0", "--tls-verify=false")).toBe(index.digest);
    expect(index.manifests).toHaveLength(2);
  });

  test("with htpasswd serves only who knows the password", async () => {
    await using registry = await dockerRegistry({ auth: { kind: "htpasswd", account } });
    const { digest } = await registry.push({ repository: "web", tags: ["1"] });
    const options = ["--tls-verify=false", "--creds"];
    expect(await skopeoDigest(registry, "web:1", ...options, "ada:s3cret")).toBe(digest);
    await expect(skopeoDigest(registry, "web:1", ...options, "ada:wrong")).rejects.toThrow(/unauthorized/i);
    expect((await fetch(`${registry.url}/v2/`)).headers.get("www-authenticate")).toMatch(/^Basic/);
  });

  test("with token auth takes one token for several repositories", async () => {
    await using registry = await dockerRegistry({ auth: { kind: "token", account } });
    const { digest } = await registry.push({ repository: "a", tags: ["1"] });
    await registry.push({ repository: "b", tags: ["1"] });
    expect(await skopeoDigest(registry, "a:1", "--tls-verify=false", "--creds", "ada:s3cret")).toBe(digest);

    const realm = `${registry.tokens?.realm}?service=x&scope=repository:a:pull&scope=repository:b:pull`;
    const basic = `Basic ${Buffer.from("ada:s3cret").toString("base64")}`;
    const answer = (await (await fetch(realm, { headers: { authorization: basic } })).json()) as { token: string };
    for (const repository of ["a", "b"]) {
      const headers = { authorization: `Bearer ${answer.token}` };
      expect((await fetch(`${registry.url}/v2/${repository}/tags/list`, { headers })).status).toBe(200);
    }
    expect((await fetch(realm)).status).toBe(401);
    expect(registry.tokens?.requests.at(-1)).toEqual({
      scopes: ["repository:a:pull", "repository:b:pull"],
      isGranted: false,
    });
  });

  test("with TLS is trusted by who has its authority", async () => {
    await using registry = await dockerRegistry({ tls: true });
    const { digest } = await registry.push({ repository: "web", tags: ["1"] });
    expect(await skopeoDigest(registry, "web:1", "--tls-verify=false")).toBe(digest);
    await expect(skopeoDigest(registry, "web:1")).rejects.toThrow(/certificate/i);
  });

  test("ends with the process that started it, however that ends", async () => {
    const script = `
      import { dockerRegistry } from ${JSON.stringify(join(import.meta.dirname, "docker-registry.ts"))};
      console.log((await dockerRegistry()).url);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    expect((await fetch(`${url}/v2/`)).status).toBe(200);
    child.kill("SIGKILL");
    await expect
      .poll(
        () =>
          fetch(`${url}/v2/`).then(
            () => "up",
            () => "down",
          ),
        { timeout: 5000 },
      )
      .toBe("down");
  });
});

async function skopeoDigest(registry: DockerRegistry, image: string, ...options: readonly string[]): Promise<string> {
  const names = ["inspect", "--format", "{{.Digest}}", ...options, `docker://${registry.host}/${image}`];
  return (await promisify(execFile)(programPath("skopeo"), names)).stdout.trim();
}
