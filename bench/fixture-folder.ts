import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FixtureService, type FixtureSize, fixtureServices } from "./fixture-images.ts";

const servicesPerFile = 10;

/** Writes compose files with ten services each, as people have them: ports, volumes, comments, and one image per service. */
export async function writeFixtureFolder(folder: string, host: string, size: FixtureSize): Promise<void> {
  const services = fixtureServices(size);
  for (let from = 0; from < services.length; from += servicesPerFile) {
    const stack = join(folder, "stacks", `stack-${String(from / servicesPerFile).padStart(3, "0")}`);
    await mkdir(stack, { recursive: true });
    const blocks = services.slice(from, from + servicesPerFile).map((service, index) => block(host, service, index));
    await writeFile(join(stack, "docker-compose.yml"), `services:\n${blocks.join("\n")}`);
  }
  // Nothing is configured: the registry is on loopback, so plain HTTP is understood.
  await writeFile(join(folder, "talos.json"), "{}\n");
}

function block(host: string, { repository, tag }: FixtureService, index: number): string {
  return `  service-${index}:
    # kept current by its owner
    image: ${host}/${repository}:${tag}
    x-tl: ^!
    restart: unless-stopped
    environment:
      TZ: Etc/UTC
    ports: ["${8000 + index}:80"]
    volumes:
      - ./data/${index}:/data
`;
}
