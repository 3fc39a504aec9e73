import { defineConfig } from "@playwright/test";

/** Debian's browser: no download, and nothing it does by itself reaches for the network. */
const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

/** The product is started by whoever runs this; `npm test` passes its addresses. */
export default defineConfig({
  testDir: "playwright",
  outputDir: ".omnibots-test/browser",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: "chromium",
    baseURL: process.env.PORTAL_URL ?? "http://localhost:3000",
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: CHROMIUM_ARGS,
    },
  },
});
