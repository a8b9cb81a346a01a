/** Runs the browser tests in the system's Chromium (CHROMIUM_PATH or Debian's) against a server of their own. */
import { defineConfig } from "@playwright/test";

// The config is loaded again in every worker: the port is chosen once and handed down.
process.env.BROWSER_TEST_PORT ??= String(20_000 + (process.pid % 20_000));
const baseURL = `http://127.0.0.1:${process.env.BROWSER_TEST_PORT}`;
const bun = process.versions.bun ? process.execPath : "bun";

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../../test-results",
  workers: 1,
  timeout: 30_000,
  reporter: "list",
  use: {
    baseURL,
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
  webServer: {
    command: `PORT=${process.env.BROWSER_TEST_PORT} ${bun} tests/browser/pages-server.ts`,
    cwd: "../..",
    url: `${baseURL}/ready`,
    reuseExistingServer: false,
    stdout: "ignore",
  },
});
