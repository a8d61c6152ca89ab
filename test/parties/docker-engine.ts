import { randomInt } from "node:crypto";
import { join } from "node:path";
import { busyboxLayer } from "./busybox-layer.ts";
import { engineRequest } from "./engine-request.ts";
import { programPath } from "./find-program.ts";
import { startProgram } from "./start-program.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface DockerEngine extends AsyncDisposable {
  /** The path of its socket. */
  readonly socket: string;
  /** Any call of the Engine API: `GET /containers/json`. */
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Makes an image of busybox. Gives its id. */
  importImage(image: ImageToImport): Promise<string>;
  /** To the registry that its tag names. */
  push(tag: string): Promise<void>;
  /** Creates and starts a container. Gives its id. */
  run(container: ContainerToRun): Promise<string>;
  readonly output: readonly string[];
}

interface ImageToImport {
  readonly tag: string;
  /** Lines of a Dockerfile: CMD, LABEL, ENV, HEALTHCHECK, VOLUME… Without a CMD it sleeps until it is stopped. */
  readonly instructions?: readonly string[];
  /** What is in its file `/content`: makes two images with the same rest different. */
  readonly content?: string;
}

/** What is not named here goes in `settings`, as the Engine API calls it. */
interface ContainerToRun {
  /** At least two characters. */
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** A shell command, run every second. */
  readonly healthcheck?: string;
  /** Default: none, the cheapest. `host`, or the name of one that was made before. */
  readonly network?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly hostSettings?: Readonly<Record<string, unknown>>;
}

/** The first process of a container hears of no signal that it does not ask for, and is waited for in vain. */
const sleepInstruction = 'CMD ["sh", "-c", "trap exit TERM; sleep infinity & wait"]';
/**
 * dockerd runs as the first process of its own process and mount namespaces: when it ends, by whatever signal, so do its
 * containerd and all containers, and its mounts are gone. Then the machine's bridges that have its addresses go too. It takes
 * the end of this shell for its own. What the shell says is for nobody: writing to who is gone would end it too soon.
 */
const inNamespaces = `
addresses=$1; shift
trap 'kill -KILL $(cat "/proc/$outer/task/$outer/children")' TERM
unshare --mount --pid --fork --kill-child --mount-proc "$@" & outer=$!
exec >/dev/null 2>&1
while kill -0 "$outer" 2>/dev/null; do wait "$outer"; done
ip -o -4 address show | while read -r number device kind address rest; do
  case $address in "$addresses".*) ip link delete "$device" ;; esac
done`;

/** A real, empty dockerd in its own folder; several run side by side. Needs dockerd, busybox; for `push` a registry. */
export async function dockerEngine(): Promise<DockerEngine> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const socket = join(folder.path, "docker.sock");
  // No other engine has any of them.
  const addresses = `10.${randomInt(128, 256)}.${randomInt(256)}`;
  const options = engineArguments(folder.path, socket, addresses);
  const program = stack.use(
    await startProgram({
      command: "/bin/sh",
      arguments: ["-c", inNamespaces, "engine", addresses, programPath("dockerd"), ...options],
      folder: folder.path,
      ready: /API listen on/,
    }),
  );
  const request: DockerEngine["request"] = (method, path, body) => engineRequest(socket, method, path, body);
  // The control groups of containers belong to the machine.
  stack.defer(() => removeAll(request));
  const all = stack.move();
  return {
    socket,
    request,
    importImage: async (image) => {
      await request("POST", importPath(image), await busyboxLayer(image.content ?? ""));
      return idOf(await request("GET", `/images/${image.tag}/json`));
    },
    push: async (tag) => {
      const progress = String(await request("POST", pushPath(tag)));
      if (progress.includes('"error"')) throw new Error(`pushing ${tag}: ${progress}`);
    },
    run: async (container) => {
      const name = encodeURIComponent(container.name);
      const id = idOf(await request("POST", `/containers/create?name=${name}`, createBody(container)));
      await request("POST", `/containers/${id}/start`);
      return id;
    },
    output: program.output,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** It changes neither the machine's firewall nor its forwarding. */
function engineArguments(folder: string, socket: string, addresses: string): readonly string[] {
  const files = ["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")];
  const handles = ["--host", `unix://${socket}`, "--pidfile", join(folder, "pid")];
  const network = ["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--bridge=none"];
  return [...files, ...handles, ...network, "--default-address-pool", `base=${addresses}.0/24,size=28`];
}

function importPath({ tag, instructions = [] }: ImageToImport): string {
  const hasCommand = instructions.some((each) => /^(CMD|ENTRYPOINT)\b/.test(each));
  const parts = splitTag(tag);
  const query = new URLSearchParams({ fromSrc: "-", repo: parts.repository, tag: parts.tag });
  for (const each of hasCommand ? instructions : [...instructions, sleepInstruction]) query.append("changes", each);
  return `/images/create?${query.toString()}`;
}

function pushPath(tag: string): string {
  const parts = splitTag(tag);
  return `/images/${parts.repository}/push?tag=${parts.tag}`;
}

function splitTag(name: string) {
  const at = name.lastIndexOf(":");
  return { repository: name.slice(0, at), tag: name.slice(at + 1) };
}

function createBody({ image, command, labels, healthcheck, network, settings, hostSettings }: ContainerToRun) {
  const second = 1_000_000_000;
  const check = { Test: ["CMD-SHELL", healthcheck], Interval: second, Timeout: 5 * second, Retries: 2 };
  return {
    Image: image,
    ...(command === undefined ? {} : { Cmd: command }),
    Labels: labels ?? {},
    ...(healthcheck === undefined ? {} : { Healthcheck: check }),
    ...settings,
    HostConfig: { NetworkMode: network ?? "none", ...hostSettings },
  };
}

async function removeAll(request: DockerEngine["request"]): Promise<void> {
  for (const container of (await request("GET", "/containers/json?all=true")) as readonly { Id: string }[])
    await request("DELETE", `/containers/${container.Id}?force=true&v=true`).catch(ignoreAbsent);
  for (const network of (await request("GET", "/networks")) as readonly { Id: string; Driver: string }[])
    if (network.Driver === "bridge") await request("DELETE", `/networks/${network.Id}`).catch(ignoreAbsent);
}

/** A container that removes itself may be quicker. */
function ignoreAbsent(error: unknown): void {
  if (!/ (404|409) /.test(String(error))) throw error;
}

function idOf(answer: unknown): string {
  return (answer as { readonly Id: string }).Id;
}
