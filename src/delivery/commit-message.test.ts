import { expect, test } from "vitest";
import { writeCommitMessage } from "./commit-message.ts";

const digest = (start: string) => `sha256:${start.padEnd(64, "0")}`;

test("files stand in order of their paths and references in that of their file", () => {
  const radarr = "lscr.io/linuxserver/radarr";
  expect(
    writeCommitMessage([
      {
        file: "services/sonarr/docker-compose.yml",
        name: "sonarr",
        from: "linuxserver/sonarr:latest",
        to: `linuxserver/sonarr:latest@${digest("4dfedb25")}`,
      },
      {
        file: "services/radarr/docker-compose.yml",
        name: "radarr",
        from: `${radarr}:5.19.3`,
        to: `${radarr}:5.20.1@${digest("0a8020af")}`,
      },
      {
        file: "services/radarr/docker-compose.yml",
        name: "db",
        from: "redis",
        to: `redis:latest@${digest("11223344")}`,
      },
    ]),
  ).toBe(`[Talos] Updating images

services/radarr/docker-compose.yml
  radarr: radarr:5.19.3 -> radarr:5.20.1@0a8020af
  db: redis -> redis:latest@11223344
services/sonarr/docker-compose.yml
  sonarr: sonarr:latest -> sonarr:latest@4dfedb25
`);
});
