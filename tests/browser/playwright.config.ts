/** Runs the browser tests in the system's Chromium (CHROMIUM_PATH or Debian's), each worker against its own server. */
import { defineConfig } from "@playwright/test";

// The config is loaded again in every worker: the first port is chosen once and handed down.
process.env.BROWSER_TEST_PORT ??= String(20_000 + (process.pid % 20_000));
const workers = 2;
const bun = process.versions.bun ? process.execPath : "bun";

export default defineConfig({
  testDir: ".",
  // The slow one comes first, so that the others run beside it.
  projects: [
    { name: "real model", testMatch: "real-model.e2e.ts" },
    { name: "pages", testMatch: "*.e2e.ts", testIgnore: "real-model.e2e.ts" },
  ],
  outputDir: "../../test-results",
  workers,
  fullyParallel: true,
  timeout: 60_000,
  // What is waited for comes by an event; on a busy machine it comes late.
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    // The tests that are about it allow it: requests that pass through it are seen by no route of a test.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: Array.from({ length: workers }, (_, worker) => {
    const port = Number(process.env.BROWSER_TEST_PORT) + worker;
    return {
      command: `PORT=${port} ${bun} tests/browser/pages-server.ts`,
      cwd: "../..",
      url: `http://127.0.0.1:${port}/ready`,
      reuseExistingServer: false,
      stdout: "ignore" as const,
    };
  }),
});
