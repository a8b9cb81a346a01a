/** Measures a first visit, with nothing cached, over a slow line: requests, bytes, and when something is painted. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { startRealServer } from "../real-server.ts";

const bitsASecond = 1_600_000;
const latencyMs = 150;

export interface Visit {
  readonly requests: number;
  readonly bytes: number;
  /** Milliseconds; null: nothing was painted. */
  readonly firstPaintMs: number | null;
}

export async function benchVisit(browser: Browser, throttle: number): Promise<void> {
  const noModels = mkdtempSync(join(tmpdir(), "no-models-"));
  try {
    await using server = await startRealServer({
      environment: { ENGINE: "llama", MODEL: join(noModels, "none.gguf"), MODELS_DIR: noModels },
    });
    console.log(
      `\nFirst visit at ${bitsASecond / 1e6} Mbit/s, ${latencyMs} ms latency, ${throttle}x throttle`,
    );
    showVisit("this program", await visit(browser, `${server.url}/`, throttle));
  } finally {
    rmSync(noModels, { recursive: true, force: true });
  }
}

export const showVisit = (name: string, { requests, bytes, firstPaintMs }: Visit) =>
  console.log(
    `${name}: ${requests} requests, ${(bytes / 1000).toFixed(0)} kB, first paint ${firstPaintMs === null ? "none" : `${firstPaintMs.toFixed(0)} ms`}`,
  );

/** Waits until no request has begun or ended for 2 s; a stream that stays open does not hold it up. */
export async function visit(browser: Browser, url: string, throttle: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: latencyMs,
      downloadThroughput: bitsASecond / 8,
      uploadThroughput: bitsASecond / 8,
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: throttle });
    let requests = 0;
    let bytes = 0;
    let lastAt = performance.now();
    devtools.on("Network.requestWillBeSent", ({ request }) => {
      if (request.url.startsWith("data:")) return;
      requests++;
      lastAt = performance.now();
    });
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      lastAt = performance.now();
    });
    await page.goto(url, { waitUntil: "load", timeout: 300_000 });
    while (performance.now() - lastAt < 2000) await Bun.sleep(100);
    const firstPaintMs = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
    );
    return { requests, bytes, firstPaintMs };
  } finally {
    await context.close();
  }
}
