import { expect, test } from "vitest";
import { boundLabels } from "./bound-labels.ts";

test("The first values keep their names for good, all others share one.", () => {
  const bound = boundLabels(2);
  expect(["docker.io", "ghcr.io", "docker.io", "a.example", "b.example", "ghcr.io"].map(bound)).toEqual([
    "docker.io",
    "ghcr.io",
    "docker.io",
    "other",
    "other",
    "ghcr.io",
  ]);
});
