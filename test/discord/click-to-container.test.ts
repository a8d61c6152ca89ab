import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { type DockerEngine, dockerEngine } from "../parties/docker-engine.ts";
import { dockerTools } from "../parties/docker-tools.ts";
import { openDiscordWorld, patience } from "./discord-world.ts";

describeWith(
  ["git", "docker-registry", "dockerd", "busybox", "docker", "docker-compose"],
  "From a click to the container",
  () => {
    test("a new tag is asked about, pushed, pulled, brought up, and seen to run.", patience, async () => {
      await using all = await openDiscordWorld();
      await using engine = await dockerEngine();
      await using tools = await dockerTools();
      const web = `${all.world.registry.host}/web`;
      await release(engine, `${web}:1.0.0`);
      const text = `services:\n  web:\n    image: ${web}:1.0.0\n    x-tl: ^?\n    network_mode: none\n    stop_grace_period: 0s\n`;
      const repository = await all.repository({ "compose.yml": text });
      const { clone } = repository;
      await promisify(execFile)("docker", ["compose", "--project-name", "home", "up", "--detach"], {
        cwd: clone.path,
        env: { ...tools.environment, HOME: clone.path, DOCKER_HOST: `unix://${engine.socket}` },
      });
      await all.start({
        settings: { DockerSettings: { Hosts: { nas: { Socket: engine.socket } } } },
        environment: { DOCKER_CONFIG: tools.environment.DOCKER_CONFIG },
      });
      const ada = all.discord.owner;
      const container = { host: "nas", container: "home-web-1" };
      await (await ada.command("t version", container)).until(/1\.0\.0/);

      await release(engine, `${web}:1.1.0`);
      await all.scan();
      const prompt = await all.discord.message("web:1.1.0@");
      await ada.click(prompt, "Push");
      await all.discord.message("Updates pushed");
      expect(await repository.read("compose.yml")).toContain(`${web}:1.1.0@sha256:`);
      await clone.git("pull", "--quiet", "origin", "main");

      const project = { host: "nas", project: "home", service: "web" };
      await (await ada.command("t project pull", project)).until(/pulled/i);
      await (await ada.command("t project up", project)).until(/home-web-1/);
      await (await ada.command("t version", container)).until(/1\.1\.0/);
      await (await ada.command("t image", container)).until(/web:1\.1\.0/);
    });
  },
);

/** Made by the engine, whose own images of it are then gone: what runs has been pulled. */
async function release(engine: DockerEngine, tag: string): Promise<void> {
  const version = tag.slice(tag.lastIndexOf(":") + 1);
  const label = `LABEL org.opencontainers.image.version=${version}`;
  await engine.importImage({ tag, content: version, instructions: [label] });
  await engine.push(tag);
  await engine.request("DELETE", `/images/${tag}`);
}
