import { execFile } from "node:child_process";
import { chmodSync, chownSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildRelease } from "../../scripts/release/build-release.ts";
import { dockerEngine } from "../parties/docker-engine.ts";
import { dockerTools } from "../parties/docker-tools.ts";
import { programPath } from "../parties/find-program.ts";
import { importPrograms } from "../parties/program-layer.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";

export interface ImageWorld extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly socket: string;
  /** Runs the docker CLI. Gives what it wrote on standard output. */
  docker(...args: readonly string[]): Promise<string>;
  /** Runs a line as a person would, in the folder. */
  shell(line: string): Promise<string>;
  /** As `docker`, with variables of the environment and in a folder. */
  dockerIn(folder: string, environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string>;
}

export const root = join(import.meta.dirname, "..", "..");
/** Of the engine's socket. No user or group of the image has it. */
export const socketGroup = 4321;

/**
 * An engine with the image `talos`, made by the Dockerfile from its last stage on. Two stages before it need a network, and
 * stand-ins take their places: `programs` is an image of the programs of this machine instead of Debian's packages on
 * node:24-trixie-slim, and `release` holds a release that was built outside.
 */
export async function imageWorld(): Promise<ImageWorld> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const tools = stack.use(await dockerTools());
  const engine = stack.use(await dockerEngine());
  chownSync(engine.socket, 0, socketGroup);
  chmodSync(engine.socket, 0o660);
  const environment = {
    ...process.env,
    ...tools.environment,
    DOCKER_HOST: `unix://${engine.socket}`,
    DOCKER_BUILDKIT: "0",
  };
  const dockerIn: ImageWorld["dockerIn"] = async (cwd, more, ...args) => {
    const env = { ...environment, ...more };
    return (await promisify(execFile)("docker", args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  };
  await importPrograms("stand-in/programs", programsLayer(), environment);
  await importPrograms("redis:8-alpine", redisLayer(), environment);
  await buildRelease(join(folder.path, "stand-in", "release"));
  await folder.write({
    "stand-in/Dockerfile": "FROM stand-in/programs\nCOPY release /release\n",
    Dockerfile: lastStage(),
  });
  await dockerIn(folder.path, {}, "build", "--network", "none", "--tag", "stand-in/release", "stand-in");
  const facts = ["--build-arg", "VERSION=1.2.3", "--build-arg", "REVISION=abc"];
  const file = join(folder.path, "Dockerfile");
  await dockerIn(
    root,
    { A_SECRET: "canary" },
    "build",
    "--network",
    "none",
    ...facts,
    "--tag",
    "talos",
    "--file",
    file,
    ".",
  );
  const all = stack.move();
  return {
    folder,
    socket: engine.socket,
    docker: (...args) => dockerIn(folder.path, {}, ...args),
    dockerIn,
    shell: async (line) =>
      (await promisify(execFile)("sh", ["-c", line], { cwd: folder.path, env: environment })).stdout,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function lastStage(): string {
  const text = readFileSync(join(root, "Dockerfile"), "utf8");
  const stages = text.split(/^(?=FROM )/m);
  if (stages.length !== 4 || !stages[3]?.startsWith("FROM programs\n"))
    throw new Error("the Dockerfile has other stages");
  return ["FROM stand-in/release AS release", "FROM stand-in/programs AS programs", stages[3]].join("\n");
}

/** Also the user that Node's image brings along. */
function programsLayer() {
  const ordinary = ["sh", "cat", "chmod", "chown", "id", "ln", "gzip", "ls", "mkdir", "rm", "tar"];
  const ofUsers = ["groupadd", "useradd", "userdel"];
  return {
    programs: {
      ...Object.fromEntries(ordinary.map((name) => [`bin/${name}`, `/bin/${name}`])),
      ...Object.fromEntries(ofUsers.map((name) => [`usr/sbin/${name}`, `/usr/sbin/${name}`])),
      "usr/bin/env": "/usr/bin/env",
      "usr/local/bin/node": process.execPath,
      "usr/bin/docker": programPath("docker"),
      "usr/bin/git": programPath("git"),
      "usr/bin/ssh": programPath("ssh"),
      "usr/bin/tini": programPath("tini"),
      "usr/libexec/docker/cli-plugins/docker-compose": programPath("docker-compose"),
    },
    others: ["/usr/lib/git-core", "/usr/share/git-core/templates", "/etc/login.defs"],
    files: {
      "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n",
      "etc/group": "root:x:0:\nnode:x:1000:\n",
    },
  };
}

/** Debian's Redis, which unlike that of the image refuses whoever is not on its own machine. */
function redisLayer() {
  const ordinary = ["sh", "id", "ls"];
  return {
    programs: {
      ...Object.fromEntries(ordinary.map((name) => [`bin/${name}`, `/bin/${name}`])),
      "usr/bin/redis-server": programPath("redis-server"),
      "usr/bin/redis-cli": programPath("redis-server").replace(/server$/, "cli"),
    },
    scripts: { "usr/local/bin/redis-server": '#!/bin/sh\nexec /usr/bin/redis-server "$@" --protected-mode no\n' },
  };
}
