import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two cores: kernels and browsers started by tests need one of them.
    maxWorkers: 2,
    testTimeout: 30_000,
    env: { TZ: "UTC" },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/**/assembly/**"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
