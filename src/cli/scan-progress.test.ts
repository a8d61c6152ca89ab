import { expect, test } from "vitest";
import { describeProgress } from "./scan-progress.ts";

test("the progress names the registries that are waited for, and why", () => {
  const registries = new Map([
    ["docker.io", { waiting: 0, pausedSeconds: 29.4 }],
    ["ghcr.io", { waiting: 18, pausedSeconds: 0 }],
    ["quay.io", { waiting: 0, pausedSeconds: 0 }],
  ]);
  expect(describeProgress({ files: 12, references: 120, decided: 34 }, registries)).toBe(
    "12 files, 34 of 120 images decided; waiting for docker.io (it asks for 30 s of rest), ghcr.io (18)",
  );
});
