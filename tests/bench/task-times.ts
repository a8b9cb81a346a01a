/**
 * The tasks of a page's main thread by the processor time that they took, from the browser's trace: on a busy machine a task also
 * waits for the processor, which is none of the page's doing.
 */
import type { Browser } from "@playwright/test";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The main thread of any page. */
const mainThread = "CrRendererMain";

/** @returns ends it: milliseconds of each task that took more than 50, of the page that did most */
export async function watchTasks(browser: Browser): Promise<() => Promise<readonly number[]>> {
  const devtools = await browser.newBrowserCDPSession();
  const mains = new Set<string>();
  const tasks = new Map<string, number[]>();
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  devtools.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value as unknown as readonly TraceEvent[]) {
      if (event.name === "thread_name" && event.args?.name === mainThread) mains.add(threadOf(event));
      if (event.ph !== "X" || !event.name.endsWith("RunTask") || event.tdur === undefined) continue;
      const thread = threadOf(event);
      const known = tasks.get(thread);
      if (known === undefined) tasks.set(thread, [event.tdur / 1000]);
      else known.push(event.tdur / 1000);
    }
  });
  await devtools.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"], excludedCategories: ["*"] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) =>
      devtools.once("Tracing.tracingComplete", () => resolve()),
    );
    await devtools.send("Tracing.end");
    await complete;
    await devtools.detach();
    const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0);
    const [busiest = []] = [...mains]
      .map((thread) => tasks.get(thread) ?? [])
      .toSorted((one, other) => sum(other) - sum(one));
    return busiest.filter((time) => time > 50);
  };
}
