import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { type DockerTools, dockerTools } from "../parties/docker-tools.ts";
import { programEnvironment, programPath } from "../parties/find-program.ts";
import { type SshDocker, sshDocker } from "../parties/ssh-docker.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";
import { canary } from "./canary.ts";
import { readExecutions, recordExecutions } from "./read-executions.ts";

const rounds = process.env.TALOS_LONG === undefined ? 2 : 60;
/** What Talos starts for hosts, what these start themselves to do it, and what SSH starts on the other side. */
const expected = ["node", "ssh", "sh", "bash", "docker", "docker-compose", "test", "sleep", "kill"];
const options = [
  "--ansi",
  "--no-ansi",
  "--project-name",
  "--project-directory",
  "--file",
  "--env-file",
  "-d",
  "--short",
];

describeWith(
  ["dockerd", "busybox", "docker", "docker-compose", "docker-compose-v1", "ssh", "sshd", "strace"],
  "Whatever words are given to operations",
  () => {
    const stack = new AsyncDisposableStack();
    let engine: DockerEngine;
    let remote: SshDocker;
    let tools: DockerTools;
    let folder: TemporaryFolder;
    let path: string;

    beforeAll(async () => {
      folder = stack.use(await temporaryFolder());
      tools = stack.use(await dockerTools());
      path = `${join(folder.path, "bin")}:${tools.environment.PATH}`;
      engine = stack.use(await dockerEngine());
      remote = stack.use(await sshDocker({ PATH: path }));
      await mkdir(join(folder.path, "bin"));
      await writeFile(join(folder.path, "bin", canary), `#!/bin/sh\necho "$0 $*" >> '${sign()}'\n`);
      await chmod(join(folder.path, "bin", canary), 0o755);
      await engine.importImage({ tag: "home/web:1" });
      await bringUpHome(engine, folder.path, tools.environment);
      await runLiars(engine, folder.path);
    }, 60_000);

    afterAll(() => stack.disposeAsync());

    const sign = () => join(folder.path, "the canary sang");

    test("no program is started that was not asked for, here or over SSH.", { timeout: 600_000 }, async () => {
      const { out, errors } = await fuzz();
      expect(out, errors).toContain("project up: ok");
      const executions = await readExecutions(record());
      const names = executions.map(([program = ""]) => basename(program));
      expect(names.filter((name) => name === "ssh").length).toBeGreaterThan(2);
      expect([...new Set(names)].filter((name) => !expected.includes(name))).toEqual([]);
      await expect(readFile(sign(), "utf8")).rejects.toThrow(/ENOENT/);
      const words = executions
        .filter(([program = ""]) => basename(program).startsWith("docker"))
        .flatMap((all) => all.slice(1));
      expect([...new Set(words)].filter((word) => word.startsWith("-") && !options.includes(word))).toEqual([]);
    });

    const record = () => join(folder.path, "executions");

    async function fuzz() {
      const settings = {
        DataDirectory: join(folder.path, "data"),
        DockerSettings: { Hosts: hosts() },
        CommandSettings: { DefaultTimeoutSeconds: "30", DefaultGracePeriodSeconds: "1" },
      };
      const script = join(import.meta.dirname, "fuzz-operations.ts");
      const command = [process.execPath, script, JSON.stringify(settings), "1", String(rounds)];
      const child = spawn(programPath("strace"), [...recordExecutions(record()), ...command], {
        env: { ...process.env, PATH: path, HOME: folder.path, DOCKER_CONFIG: tools.environment.DOCKER_CONFIG },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { out, errors };
    }

    function hosts() {
      const { port, username, hostKey, forwardingKeyFile } = remote;
      const way = {
        Host: "127.0.0.1",
        Port: String(port),
        User: username,
        IdentityFile: forwardingKeyFile,
        HostKey: hostKey,
      };
      return {
        here: { Socket: engine.socket, DockerVersion: "V2" },
        older: { Socket: engine.socket, DockerVersion: "V1" },
        there: { Socket: engine.socket, SSHConfig: way },
      };
    }
  },
);

/** A project as it should be. */
async function bringUpHome(
  engine: DockerEngine,
  folder: string,
  environment: DockerTools["environment"],
): Promise<void> {
  const file = join(folder, "compose.yml");
  await writeFile(
    file,
    "services:\n  web:\n    image: home/web:1\n    network_mode: none\n    stop_grace_period: 0s\n",
  );
  await promisify(execFile)(programPath("docker"), ["compose", "--project-name", "home", "--file", file, "up", "-d"], {
    env: { ...programEnvironment(), ...environment, DOCKER_HOST: `unix://${engine.socket}` },
  });
}

/** Containers whose labels say what only a shell could wish for. */
async function runLiars(engine: DockerEngine, folder: string): Promise<void> {
  const file = join(folder, "compose.yml");
  const label = (project: string, service: string, workingFolder: string, files: string) => ({
    "com.docker.compose.project": project,
    "com.docker.compose.service": service,
    "com.docker.compose.project.working_dir": workingFolder,
    "com.docker.compose.project.config_files": files,
    "com.docker.compose.oneoff": "False",
    "com.docker.compose.container-number": "1",
  });
  const liars = [
    label("liar", `--file=${file}`, folder, file),
    label("liar", `web; ${canary}`, folder, file),
    label(`; ${canary}`, "web", folder, file),
    label("--help", "web", folder, file),
    label("folder", "web", `/tmp/$(${canary})`, `/tmp/'; ${canary} ;'/compose.yml`),
    label("file", "web", folder, `/tmp/$(${canary})/compose.yml`),
    label("quoted", "web", folder, `/tmp/';${canary};'/compose.yml`),
    label("nowhere", "web", `/tmp/\`${canary}\``, ""),
    label("option", "web", folder, "--env-file,-,--verbose"),
    label("upwards", "web", folder, `../../$(${canary})/compose.yml`),
    label("newline", "web", `${folder}\n${canary}\n`, file),
  ];
  for (const [index, labels] of liars.entries())
    await engine.run({ name: `liar${index}`, image: "home/web:1", labels, settings: { StopTimeout: 0 } });
}
