import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { programEnvironment, programPath } from "./find-program.ts";
import { freePort } from "./free-port.ts";
import { type RunningProgram, startProgram } from "./start-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface SshServer extends AsyncDisposable {
  readonly port: number;
  /** Who is let in: the user that the tests run as. */
  readonly username: string;
  /** The private key that opens it. */
  readonly clientKeyFile: string;
  /** A key that does not. */
  readonly otherKeyFile: string;
  readonly knownHostsFile: string;
  /** Names another key for the host, as if somebody stood in between. */
  readonly wrongKnownHostsFile: string;
  readonly emptyKnownHostsFile: string;
  /** Its public key: `ssh-ed25519 AAAA…` */
  readonly hostKey: string;
  /** The private key of that name among the options' `keys`. */
  keyFile(name: string): string;
  /** `ssh://user@127.0.0.1:<port><path>` */
  url(path: string): string;
  readonly output: readonly string[];
}

export interface SshServerOptions {
  /** What is set for every command, before the user's shell. */
  readonly environment?: Readonly<Record<string, string>>;
  /** More keys that are let in, by name, with what stands before a key in `authorized_keys`: `restrict`. */
  readonly keys?: Readonly<Record<string, string>>;
}

/** A real sshd on a free port, with its own host key, which lets in the keys it knows and nobody by password. */
export async function sshServer({ environment = {}, keys = {} }: SshServerOptions = {}): Promise<SshServer> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const file = (name: string) => join(folder.path, name);
  const admitted: Readonly<Record<string, string>> = { client: "", ...keys };
  await Promise.all(["host", "other", ...Object.keys(admitted)].map((name) => makeKey(file(name))));
  for (const [name, options] of Object.entries(admitted))
    await appendFile(file("authorized_keys"), `${options} ${await readFile(file(`${name}.pub`), "utf8")}`.trimStart());
  const [program, port] = await startSshd(file, environment);
  stack.use(program);
  const known = async (name: string, key: string) => {
    const [type, id] = (await readFile(file(`${key}.pub`), "utf8")).split(" ");
    await appendFile(file(name), `[127.0.0.1]:${port} ${type} ${id}\n`);
    return file(name);
  };
  const username = userInfo().username;
  const knownHostsFile = await known("known hosts", "host");
  const wrongKnownHostsFile = await known("wrong known hosts", "other");
  await writeFile(file("empty known hosts"), "");
  const all = stack.move();
  return {
    port,
    username,
    clientKeyFile: file("client"),
    otherKeyFile: file("other"),
    knownHostsFile,
    wrongKnownHostsFile,
    emptyKnownHostsFile: file("empty known hosts"),
    hostKey: (await readFile(file("host.pub"), "utf8")).split(" ").slice(0, 2).join(" "),
    keyFile: file,
    url: (path) => `ssh://${username}@127.0.0.1:${port}${path}`,
    output: program.output,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** sshd cannot choose a free port itself; another program may take the one that was free just now. */
async function startSshd(
  file: (name: string) => string,
  environment: Readonly<Record<string, string>>,
  triesLeft = 3,
): Promise<readonly [RunningProgram, number]> {
  const port = await freePort();
  // Where sshd runs as root it wants this folder, which only an installed sshd has.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  await writeFile(file("sshd_config"), sshdConfig(file, port, environment));
  try {
    const program = await startProgram({
      command: programPath("sshd"),
      arguments: ["-D", "-e", "-f", file("sshd_config")],
      folder: file("."),
      ready: /Server listening on 127\.0\.0\.1/,
    });
    return [program, port];
  } catch (error) {
    if (triesLeft > 0 && String(error).includes("in use")) return startSshd(file, environment, triesLeft - 1);
    throw error;
  }
}

function sshdConfig(
  file: (name: string) => string,
  port: number,
  environment: Readonly<Record<string, string>>,
): string {
  // It takes one such line only.
  const settings = Object.entries(environment).map(([name, value]) => `"${name}=${value}"`);
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${file("host")}
AuthorizedKeysFile ${file("authorized_keys")}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
LogLevel VERBOSE
${settings.length === 0 ? "" : `SetEnv ${settings.join(" ")}\n`}`;
}

async function makeKey(path: string): Promise<void> {
  const keygen = join(programPath("ssh"), "../ssh-keygen");
  const request = ["-q", "-t", "ed25519", "-N", "", "-C", "talos-test", "-f", path];
  await promisify(execFile)(keygen, request, { env: programEnvironment() });
}
