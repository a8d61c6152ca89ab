import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    pool: "threads",
    // Most of them wait for other programs.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What takes a moment takes long where many programs share a machine; told sooner than the test gives up.
    expect: { poll: { timeout: 15_000 } },
  },
});
