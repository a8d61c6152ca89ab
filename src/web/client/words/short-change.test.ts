import { expect, test } from "vitest";
import { shortChange, shortImage } from "./short-change.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)];

test.each([
  ["nginx:1.25", "nginx:1.27", "1.25", "1.27"],
  ["localhost:5000/web:1", "localhost:5000/web:2", "1", "2"],
  [`web:1@sha256:${one}`, `web:2@sha256:${two}`, "1", "2"],
  [`web:1@sha256:${one}`, `web:1@sha256:${two}`, "111111111111", "222222222222"],
  ["web:1", `web:1@sha256:${two}`, "no digest", "222222222222"],
  ["docker.io/a:1", "ghcr.io/a:2", "docker.io/a:1", "ghcr.io/a:2"],
])("%s to %s", (from, to, shortFrom, shortTo) => {
  expect(shortChange(from, to)).toEqual({ from: shortFrom, to: shortTo });
});

test("an image keeps its name and tag", () => {
  expect(shortImage(`localhost:5000/web:1@sha256:${one}`)).toBe("localhost:5000/web:1@111111111111");
  expect(shortImage("web")).toBe("web");
});
