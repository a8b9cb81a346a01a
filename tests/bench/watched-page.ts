/**
 * Watches a page while an answer is written into it: its frames, its long tasks, how far it jumps, and what its main thread
 * does. It knows nothing of which page it is.
 */
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { watchTasks } from "./task-times.ts";

export interface StreamCost {
  /** Milliseconds between frames; empty when they were not watched. */
  readonly gaps: readonly number[];
  /** Milliseconds of each task that took more than 50: by the clock, and of the processor. */
  readonly longTasks: readonly number[];
  readonly busyTasks: readonly number[];
  /** The sum of the layout shifts. */
  readonly shift: number;
  /** Seconds of the main thread. */
  readonly busy: {
    readonly all: number;
    readonly style: number;
    readonly layout: number;
    readonly script: number;
  };
  /** Seconds from the question to the end of the answer. */
  readonly seconds: number;
}

/** What a page of the benchmark must be able to do. */
export interface StreamingPage {
  readonly address: string;
  /** Asks for the answer, and returns when it begins. */
  begin(page: Page): Promise<void>;
  /** Returns when the answer is complete. */
  end(page: Page): Promise<void>;
}

declare global {
  interface Window {
    watched: { gaps: number[]; longTasks: number[]; shift: number; stop: boolean };
  }
}

export class ThrottledPage implements AsyncDisposable {
  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  /** @param throttle how many times slower its processor is */
  static async open(browser: Browser, address: string, throttle: number): Promise<ThrottledPage> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(3_600_000);
    const devtools = await context.newCDPSession(page);
    // The time that the thread ran, which is not longer where others want the processor, too.
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(address, { waitUntil: "load" });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: throttle });
    return new ThrottledPage(browser, context, page, devtools);
  }

  /** @param frames a frame that is watched is one that is drawn: it costs the main thread something itself */
  async cost(streaming: StreamingPage, { frames }: { readonly frames: boolean }): Promise<StreamCost> {
    await this.page.evaluate(watch);
    const tasks = await watchTasks(this.browser);
    const before = await this.metrics();
    const startedAt = performance.now();
    await streaming.begin(this.page);
    if (frames) await this.page.evaluate(watchFrames);
    await streaming.end(this.page);
    const seconds = (performance.now() - startedAt) / 1000;
    const after = await this.metrics();
    const busyTasks = await tasks();
    const { gaps, longTasks, shift } = await this.page.evaluate(() => {
      window.watched.stop = true;
      return window.watched;
    });
    const spent = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const busy = {
      all: spent("TaskDuration"),
      style: spent("RecalcStyleDuration"),
      layout: spent("LayoutDuration"),
      script: spent("ScriptDuration"),
    };
    return { gaps, longTasks, busyTasks, shift, busy, seconds };
  }

  /** @returns megabytes of script objects, and how many nodes there are, after all garbage was collected */
  async heap(): Promise<{ megabytes: number; nodes: number }> {
    for (let round = 0; round < 3; round++) await this.devtools.send("HeapProfiler.collectGarbage");
    const metrics = await this.metrics();
    return { megabytes: (metrics.get("JSHeapUsedSize") ?? 0) / 1e6, nodes: metrics.get("Nodes") ?? 0 };
  }

  async metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}

function watch(): void {
  const watched = { gaps: [] as number[], longTasks: [] as number[], shift: 0, stop: false };
  window.watched = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longTasks.push(duration);
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ("value" in entry && !("hadRecentInput" in entry && entry.hadRecentInput === true))
        watched.shift += Number(entry.value);
  }).observe({ type: "layout-shift" });
}

function watchFrames(): void {
  let last = performance.now();
  const next = () => {
    const now = performance.now();
    window.watched.gaps.push(now - last);
    last = now;
    if (!window.watched.stop) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
