import { expect, test } from "vitest";
import { makeContainer } from "../../../test/fixtures/make-container.ts";
import { type ScriptedAnswer, scriptedRoute } from "../../../test/fixtures/scripted-route.ts";
import { type ComposeHost, runCompose } from "./run-compose.ts";

const labels = {
  "com.docker.compose.project": "web",
  "com.docker.compose.service": "app",
  "com.docker.compose.project.working_dir": "/srv/web",
  "com.docker.compose.project.config_files": "/srv/web/compose.yaml",
};
const request = { project: "web", action: "up", service: undefined } as const;
const never = new AbortController().signal;
const isCompose = (command: readonly string[]) => command.includes("--project-name");

function hostWith(
  answer: (command: readonly string[]) => ScriptedAnswer | undefined,
  facts: Partial<ComposeHost> = {},
) {
  const route = scriptedRoute(answer);
  const host: ComposeHost = {
    name: "nas",
    version: "V2",
    isDoubtful: false,
    isRecreateForced: false,
    route,
    containers: [makeContainer({ labels })],
    imageLabels: async () => ({}),
    own: undefined,
    busy: new Set(),
    ...facts,
  };
  return { host, route };
}

test("compose runs against the host's own socket, and its lines come without what is for a terminal", async () => {
  const { host, route } = hostWith((command) =>
    isCompose(command) ? { errors: ["\u001b[32mContainer web-app-1\u001b[0m  Started", "", "a\rb"] } : {},
  );
  expect(await Array.fromAsync(runCompose(host, request, never))).toEqual(["Container web-app-1  Started", "a", "b"]);
  const words =
    "docker compose --ansi never --project-name web --project-directory /srv/web --file /srv/web/compose.yaml up -d";
  expect(route.commands).toEqual([["test", "-r", "/srv/web/compose.yaml"], words.split(" ")]);
  expect(route.environments[1]).toEqual({ DOCKER_HOST: "unix:///run/docker.sock", COMPOSE_PROGRESS: "plain" });
});

test("what the last V1 says of itself is not told", async () => {
  const { host } = hostWith(
    (command) => (isCompose(command) ? { errors: ["--no-ansi option is deprecated and …", "Starting"] } : {}),
    { version: "V1" },
  );
  expect(await Array.fromAsync(runCompose(host, request, never))).toEqual(["Starting"]);
});

test("another compose on the same project is refused until the first has ended", async () => {
  const { host } = hostWith((command) => (isCompose(command) ? undefined : {}));
  const cancel = new AbortController();
  const first = Array.fromAsync(runCompose(host, request, cancel.signal));
  await expect(Array.fromAsync(runCompose(host, request, never))).rejects.toMatchObject({
    code: "already-running",
    retryable: true,
  });
  cancel.abort(new Error("cancelled"));
  await expect(first).rejects.toThrow("cancelled");
  expect(host.busy.size).toBe(0);
});

test("a way that is lost is no failure of compose", async () => {
  const { host } = hostWith((command) =>
    isCompose(command) ? { output: ["Pulling"], end: { kind: "lost", reason: "host nas is down: no answer" } } : {},
  );
  await expect(Array.fromAsync(runCompose(host, request, never))).rejects.toMatchObject({
    code: "host-unreachable",
    message: "compose up of web on nas was cut off: host nas is down: no answer",
    retryable: true,
  });
});

test("where there was no compose, it is looked for again, and told when there still is none", async () => {
  const absent = hostWith(() => ({ end: { kind: "exited", exitCode: 127 } }), { isDoubtful: true, version: "V1" });
  await expect(Array.fromAsync(runCompose(absent.host, request, never))).rejects.toMatchObject({
    code: "compose-failed",
    message: expect.stringContaining("there is no `docker-compose`"),
  });
  expect(absent.route.commands).toEqual([["docker-compose", "version", "--short"]]);
  const present = hostWith((command) => ({ output: command.includes("--short") ? ["2.26.1"] : ["done"] }), {
    isDoubtful: true,
  });
  expect(await Array.fromAsync(runCompose(present.host, request, never))).toEqual(["done"]);
});

test("beside Talos a service is brought up alone, and that is said", async () => {
  const own = makeContainer({ name: "talos", labels: { ...labels, "com.docker.compose.service": "talos" } });
  const { host, route } = hostWith(() => ({}), { own });
  const lines = await Array.fromAsync(runCompose(host, { ...request, service: "app" }, never));
  expect(lines).toEqual(["Talos runs in web too: what app depends on is left alone"]);
  expect(route.commands.at(-1)?.slice(-4)).toEqual(["up", "-d", "--no-deps", "app"]);
});
