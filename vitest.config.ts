import { defineConfig } from "vitest/config";

const INTEGRATION = ["tests/integration/**/*.test.ts", "**/*.integration.test.ts"];
const NEVER = ["**/node_modules/**", "**/.next*/**", "**/.omnibots*/**", "playwright/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...NEVER, ...INTEGRATION],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "integration",
          include: INTEGRATION,
          exclude: NEVER,
          globalSetup: ["tests/support/start-services.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
