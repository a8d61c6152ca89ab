import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    pool: "threads",
    // Most of them wait for other programs.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
