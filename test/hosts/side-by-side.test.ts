import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { askOperation } from "../fixtures/ask-operation.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerEngine } from "../parties/docker-engine.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { dockerTools } from "../parties/docker-tools.ts";
import { sshDocker } from "../parties/ssh-docker.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { localHost, openTestHosts, sshHost } from "./open-test-hosts.ts";

const names = ["here", "nas", "pi"] as const;
const container = "home-web-1";

describeWith(
  ["dockerd", "busybox", "docker", "docker-compose", "docker-registry", "ssh", "sshd"],
  "three hosts",
  () => {
    test("do everything that can be asked for, all at the same time", { timeout: 120_000 }, async () => {
      await using stack = new AsyncDisposableStack();
      const folder = stack.use(await temporaryFolder());
      const tools = stack.use(await dockerTools());
      const registry = stack.use(await dockerRegistry());
      const engines = await Promise.all(names.map(() => dockerEngine()));
      for (const engine of engines) stack.use(engine);
      const [local, nas, pi] = engines;
      const [one, other] = [stack.use(await sshDocker()), stack.use(await sshDocker())];
      if (local === undefined || nas === undefined || pi === undefined) throw new Error("an engine is missing");

      const image = `${registry.host}/web:1`;
      const label = "LABEL org.opencontainers.image.version=1.2.3";
      const command = 'CMD ["sh", "-c", "echo hello; sleep infinity"]';
      await local.importImage({ tag: image, instructions: [label, command] });
      await local.push(image);
      const service = { image, network_mode: "none", stop_grace_period: "0s" };
      await folder.write({ "home/docker-compose.yml": JSON.stringify({ services: { web: service } }) });
      for (const { socket } of engines)
        await promisify(execFile)("docker", ["compose", "up", "--detach"], {
          cwd: join(folder.path, "home"),
          env: { ...tools.environment, DOCKER_HOST: `unix://${socket}` },
        });
      vi.stubEnv("PATH", tools.environment.PATH);
      vi.stubEnv("DOCKER_CONFIG", tools.environment.DOCKER_CONFIG);
      stack.defer(() => void vi.unstubAllEnvs());
      const hosts = stack.use(
        await openTestHosts({
          here: localHost(local.socket),
          nas: sshHost(one, nas.socket, { IdentityFile: one.forwardingKeyFile }),
          pi: sshHost(other, pi.socket, { IdentityFile: other.forwardingKeyFile }),
        }),
      );
      await Promise.all(names.map((name) => hosts.until(name, "up")));
      const talos = fakeTalos([], { hosts: names.map((name) => hosts.host(name)) });
      const everywhere = (operation: string, given: object = {}) =>
        Promise.all(names.map((host) => askOperation(talos, operation, { host, ...given })));

      for (const [operation, given, told] of [
        ["containers", {}, container],
        ["image", { container }, "web:1"],
        ["version", { container }, "1.2.3"],
        ["container logs", { container, lines: 5 }, "hello"],
        ["container stop", { container }, "exited"],
        ["container start", { container }, "running"],
        ["container restart", { container }, "running"],
        ["container recreate", { container }, "running"],
        ["project pull", { project: "home" }, container],
        ["project up", { project: "home", service: "web" }, container],
        ["host prune", {}, "that is not used"],
      ] as const)
        for (const answer of await everywhere(operation, given)) {
          expect(answer, `${operation}: ${answer.text}`).toMatchObject({ ok: true });
          expect(answer.text, operation).toContain(told);
        }
      const everyHost = await askOperation(talos, "hosts");
      expect(names.filter((name) => !everyHost.text.includes(name))).toEqual([]);
      for (const { output } of [one, other])
        expect(output.filter((line) => line.startsWith("Accepted publickey"))).toHaveLength(1);
    });
  },
);
