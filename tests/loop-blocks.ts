/**
 * Measures how long the event loop was kept from turning: by the clock, and in processor time of this thread.
 * On a shared machine the clock also counts what other processes take; the processor time is the program's own.
 */

export interface LoopBlocks extends Disposable {
  readonly longest: { readonly clockMs: number; readonly processorMs: number };
}

/** @param everyMs a timer's interval: what it comes later than that, the loop was blocked */
export function measureLoopBlocks(everyMs = 4): LoopBlocks {
  let clockMs = 0;
  let processorMs = 0;
  let last = performance.now();
  let lastUsed = process.threadCpuUsage();
  const look = () => {
    const now = performance.now();
    const used = process.threadCpuUsage();
    clockMs = Math.max(clockMs, now - last - everyMs);
    processorMs = Math.max(processorMs, (used.user + used.system - lastUsed.user - lastUsed.system) / 1000);
    last = now;
    lastUsed = used;
  };
  const timer = setInterval(look, everyMs);
  return {
    get longest() {
      look();
      return { clockMs, processorMs };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
