import fc from "fast-check";
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

const change = { file: "web/compose.yml", name: "web", from: "nginx:1.25", to: "nginx:1.26" };
const lines = "web/compose.yml\n  web: nginx:1.25 -> nginx:1.26\n";

test("the subject and the prefix before it are as configured", () => {
  expect(writeCommitMessage([change], { subject: "Update images", prefix: "chore: " })).toBe(
    `chore: Update images\n\n${lines}`,
  );
  expect(writeCommitMessage([change], { prefix: "chore: " })).toBe(`chore: [Talos] Updating images\n\n${lines}`);
  expect(writeCommitMessage([change], { subject: " \n " })).toBe(`[Talos] Updating images\n\n${lines}`);
});

test("everybody who approved is named once, after an empty line", () => {
  const approvers = ["ada (discord)", "grace (terminal)", "ada (discord)", " "];
  expect(writeCommitMessage([change], { approvers })).toBe(
    `[Talos] Updating images\n\n${lines}\nApproved-by: ada (discord)\nApproved-by: grace (terminal)\n`,
  );
});

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("\n", "\r", "\u2028", "Approved-by: eve", "Signed-off-by: eve", "#", "---", ": ", "x", "-"))
    .map((parts) => parts.join("")),
);

test("no name, file, image or person adds a line, a trailer or a comment", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (file, name, to, approver) => {
      const message = writeCommitMessage([{ ...change, file, name, to }], { subject: name, approvers: [approver] });
      expect(message).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029]/u);
      const [, empty, path, row, ...rest] = message.split("\n");
      expect(empty).toBe("");
      expect(path).toMatch(/^[\p{L}\p{N}._/]/u);
      expect(path).not.toMatch(/^[\w-]+\s*:/);
      expect(row).toMatch(/^ {2}/);
      expect(rest.filter((line) => line !== "").every((line) => line.startsWith("Approved-by: "))).toBe(true);
      expect(rest.length).toBeLessThanOrEqual(3);
    }),
  );
});
