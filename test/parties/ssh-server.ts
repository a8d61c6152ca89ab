import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { appendFile, copyFile, readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { programEnvironment, programPath } from "./find-program.ts";
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
  /** `ssh://user@127.0.0.1:<port><path>` */
  url(path: string): string;
  readonly output: readonly string[];
}

/** A real sshd on a free port, with its own host key, which lets one key in and nobody by password. */
export async function sshServer(): Promise<SshServer> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const file = (name: string) => join(folder.path, name);
  await Promise.all(["host", "client", "other"].map((name) => makeKey(file(name))));
  await copyFile(file("client.pub"), file("authorized_keys"));
  const [program, port] = await startSshd(file);
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
    url: (path) => `ssh://${username}@127.0.0.1:${port}${path}`,
    output: program.output,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** sshd cannot choose a free port itself; another program may take the one that was free just now. */
async function startSshd(file: (name: string) => string, triesLeft = 3): Promise<readonly [RunningProgram, number]> {
  const port = await freePort();
  // Where sshd runs as root it wants this folder, which only an installed sshd has.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  await writeFile(file("sshd_config"), sshdConfig(file, port));
  try {
    const program = await startProgram({
      command: programPath("sshd"),
      arguments: ["-D", "-e", "-f", file("sshd_config")],
      folder: file("."),
      ready: /Server listening on 127\.0\.0\.1/,
    });
    return [program, port];
  } catch (error) {
    if (triesLeft > 0 && String(error).includes("in use")) return startSshd(file, triesLeft - 1);
    throw error;
  }
}

function sshdConfig(file: (name: string) => string, port: number): string {
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
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function makeKey(path: string): Promise<void> {
  const keygen = join(programPath("ssh"), "../ssh-keygen");
  const request = ["-q", "-t", "ed25519", "-N", "", "-C", "talos-test", "-f", path];
  await promisify(execFile)(keygen, request, { env: programEnvironment() });
}
