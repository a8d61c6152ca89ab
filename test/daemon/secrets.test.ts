import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../../src/operations/operations.ts";
import { callOperation } from "../../src/socket/call-operation.ts";
import { describeWith } from "../parties/describe-with.ts";
import { programPath } from "../parties/find-program.ts";
import { gitServer } from "../parties/git-server.ts";
import { otlpReceiver } from "../parties/otlp-receiver.ts";
import { redisServer } from "../parties/redis-server.ts";
import { findInFiles, findSecrets, type Secrets, watchArgumentLists } from "./find-secrets.ts";
import type { LogLine } from "./run-daemon.ts";
import { openWorld } from "./world.ts";

const passwords = {
  tokenInConfiguration: "tok+config/Wq7fR2xu==",
  tokenInEnvironment: "tok+environ/Lm4Kd8ty==",
  tokenInVariableFile: "tok+varfile/Zs9Hv3pc==",
  tokenInFile: "tok+filekey/Bn6Jg1ra==",
  registryPassword: "pw+registry/Tx5Cw0ed==",
  wrongRegistryPassword: "pw+mistake/Yk2Md7qa==",
  redisPassword: "pw+redis/Uv8Pf4sb==",
  botToken: "pw+discord/Eo3Nh9zx==",
};

const isOf = (kind: string, name: string) => (line: LogLine) =>
  line.kind === kind && line.source?.includes(name) === true;

/** The half that is secret, as it lies in the file. */
async function makeKey(path: string): Promise<string> {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "talos-test", "-f", path]);
  return (await readFile(path, "utf8")).split("\n").slice(1, -2).at(-1) ?? "";
}

/** A PATH on which these programs write down their arguments before they run. What they start in turn, only a watch sees. */
async function recordCalls(names: readonly ("git" | "ssh")[], folder: string, record: string): Promise<string> {
  await mkdir(folder);
  for (const name of names) {
    const script = `#!/bin/sh\nprintf '%s\\n' "${name} $*" >> '${record}'\nexec '${programPath(name)}' "$@"\n`;
    await writeFile(join(folder, name), script, { mode: 0o755 });
  }
  return [folder, process.env["PATH"]].join(delimiter);
}

describeWith(["git", "docker-registry", "htpasswd", "redis-server", "ssh"], "No secret is to be found", () => {
  test.each(["SQLite", "Redis"])("whatever goes well or wrong, with %s.", { timeout: 120_000 }, async (store) => {
    const account = { username: "talos", password: passwords.registryPassword };
    await using world = await openWorld({ auth: { kind: "htpasswd", account } });
    const { host } = world.registry;
    const file = (name: string) => join(world.folder.path, "secret", name);
    await world.folder.write({
      "secret/variable": passwords.tokenInVariableFile,
      "secret/file": passwords.tokenInFile,
    });
    const secrets: Secrets = {
      ...passwords,
      signingKey: await makeKey(file("signing")),
      identity: await makeKey(file("identity")),
    };
    const kept = join(world.folder.path, "redis");
    await world.folder.write({ "redis/.keep": "" });
    await using redis = await redisServer({
      password: passwords.redisPassword,
      persistent: true,
      arguments: ["--dir", kept],
    });

    for (const tag of ["1.0.0", "1.0.1"]) await world.registry.push({ repository: "web", tags: [tag], content: tag });
    const compose = (domain: string) => ({
      "compose.yml": `services:\n  web:\n    image: ${domain}/web:1.0.0\n    x-tl: ^!\n`,
    });
    await world.repository("good", compose(host));
    await world.repository("mistake", compose(host.replace("127.0.0.1", "localhost")));
    const hooked = await world.repository("hooked", compose(host));
    await using traces = await otlpReceiver("Grpc");
    const told = passwords.tokenInEnvironment;
    const words = [
      `https://talos:${told}@host/hooked`,
      `${encodeURIComponent(told)} ${told}`,
      Buffer.from(`talos:${told}`).toString("base64"),
    ];
    await writeFile(join(hooked.path, "hooks/pre-receive"), `#!/bin/sh\necho '${words.join("\n")}' >&2\nexit 1\n`);
    await chmod(join(hooked.path, "hooks/pre-receive"), 0o755);

    const serve = (password: string) => gitServer(world.folder.path, { username: "talos", password });
    await using well = await serve(passwords.tokenInConfiguration);
    await using hook = await serve(told);
    await using denied = await serve("another");
    await using failing = await serve(passwords.tokenInFile);
    failing.fault = { kind: "answer", status: 500 };
    const token = (Token?: unknown) => ({ Username: "talos", Token, SigningKey: file("signing") });
    const settings = {
      LogSettings: { Level: "Trace" },
      TracingSettings: { Enabled: true, Endpoint: traces.endpoint },
      DiscordSettings: { BotToken: passwords.botToken, GuildId: "1", ChannelId: "2" },
      ...(store === "Redis" ? { RedisSettings: { Endpoint: redis.endpoint } } : {}),
      RegistrySettings: {
        Domains: {
          [host]: { Insecure: true, Username: "talos", Password: passwords.registryPassword },
          [host.replace("127.0.0.1", "localhost")]: {
            Insecure: true,
            Username: "talos",
            Password: passwords.wrongRegistryPassword,
          },
        },
      },
      ImageUpdateSettings: {
        Schedule: { DelaySeconds: 2 },
        Hosts: {
          well: token(passwords.tokenInConfiguration),
          hook: token(),
          denied: token(),
          failing: token({ File: file("file") }),
          shell: { IdentityFile: file("identity"), KnownHostsFile: file("known") },
        },
        Repositories: [
          { Url: `${well.url}/good.git`, Host: "well" },
          { Url: `${well.url}/mistake.git`, Host: "well" },
          { Url: `${hook.url}/hooked.git`, Host: "hook" },
          { Url: `${denied.url}/denied.git`, Host: "denied" },
          { Url: `${failing.url}/failing.git`, Host: "failing" },
          { Url: "http://127.0.0.1:9/down.git", Host: "well" },
          { Url: "ssh://git@127.0.0.1:9/shell.git", Host: "shell" },
        ],
      },
    };
    const recorded = file("recorded");
    const environment = {
      PATH: await recordCalls(["git", "ssh"], file("programs"), recorded),
      ImageUpdateSettings__Hosts__hook__Token: told,
      ImageUpdateSettings__Hosts__denied__Token__FILE: file("variable"),
    };
    // The programs of the test itself get their passwords by argument.
    using processes = watchArgumentLists(
      (line) => /^(?:\S*\/)?(?:git|ssh|sh) /.test(line) && !line.includes(" guard "),
    );
    const daemon = await world.daemon(settings, { environment, patienceMs: 40_000 });
    await Promise.all([
      daemon.waitFor("a delivery", isOf("delivered", "/good")),
      daemon.waitFor("a dead letter", isOf("dead-lettered", "/hooked")),
      ...["mistake", "denied", "failing", "down", "shell"].map((name) =>
        daemon.waitFor(`the failure of ${name}`, isOf("scan-failed", `/${name}`)),
      ),
    ]);
    const folder = join(world.folder.path, "talos");
    const said: string[] = [];
    const ask = async (operation: string, values: Readonly<Record<string, unknown>>) => {
      for await (const line of callOperation({ dataDirectory: join(folder, "data"), operation, values, actor: "ada" }))
        said.push(JSON.stringify(line));
    };
    for (const { name } of operations) await ask(name, {});
    for (const name of ["deadletters", "updates", "events", "queue"]) await ask(name, {});
    if (store === "Redis") {
      await redis.stop();
      await daemon.waitFor("that Redis is gone", ({ msg }) => msg.includes("cannot be used"));
      await redis.start();
      await daemon.waitFor("that Redis is back", ({ msg }) => msg.startsWith("Redis is back"));
    }
    for (const args of [["config", "show"], ["config", "check"], ["doctor"], ["doctor", "--json"]]) {
      const { stdout, stderr } = await world.talos(args, "talos", environment);
      expect(stdout + stderr).not.toBe("");
      said.push(stdout, stderr);
    }
    expect(await daemon.stop()).toBe(0);

    const log = [...daemon.other, ...daemon.lines.map((line) => JSON.stringify(line))].join("\n");
    expect(log).toContain("pre-receive hook declined");
    expect(findSecrets(log, secrets)).toEqual([]);
    expect(said.filter((text) => findSecrets(text, secrets).length > 0)).toEqual([]);
    const calls = (await readFile(recorded, "utf8")).split("\n");
    expect(calls.some((line) => line.startsWith("git ") && line.includes("ls-remote"))).toBe(true);
    expect(calls.some((line) => line.startsWith("ssh "))).toBe(true);
    expect(processes.seen.size).toBeGreaterThan(0);
    expect([...calls, ...processes.seen].filter((line) => findSecrets(line, secrets).length > 0)).toEqual([]);
    const names = new Set(traces.spans.map(({ name }) => name));
    for (const name of ["scan", "git push", "GET", "operation updates", ...(store === "Redis" ? ["EVALSHA"] : [])])
      expect(names).toContain(name);
    expect(findSecrets(traces.raw().toString("latin1"), secrets)).toEqual([]);
    await writeFile(join(folder, "talos.json"), "{}");
    expect(await findInFiles(folder, secrets)).toEqual([]);
    expect(await findInFiles(world.environment.HOME ?? "", secrets)).toEqual([]);
    expect(await findInFiles(kept, secrets)).toEqual([]);
  });

  test("what looks for them finds them.", () => {
    const secrets = { token: passwords.tokenInFile };
    for (const text of [
      passwords.tokenInFile,
      encodeURIComponent(passwords.tokenInFile),
      ...["", "a", "ab"].map((name) => Buffer.from(`${name}${passwords.tokenInFile}!`).toString("base64")),
    ])
      expect(findSecrets(`… ${text} …`, secrets)).toEqual(["token"]);
  });
});
