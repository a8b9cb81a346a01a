/**
 * Waits for a process to become healthy: a race between the probe, a deadline, the process's exit and the caller's signal.
 * It knows nothing of what it probes.
 */
import { setTimeout as delay } from "node:timers/promises";

/** Checks once whether the process works. A rejection means no, like false. */
export type Probe = (signal: AbortSignal) => Promise<boolean>;

interface WaitOptions {
  readonly probe: Probe;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<unknown>;
  readonly deadlineMs: number;
  readonly intervalMs: number;
  /** The time limit of one probe. */
  readonly probeTimeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Probes at once, then at every interval.
 * @returns which of the three came first; an exit ends it at once, even during a probe
 * @throws signal.reason when aborted
 */
export async function waitUntilHealthy(options: WaitOptions): Promise<"healthy" | "exited" | "deadline"> {
  const over = new AbortController();
  const outer = AbortSignal.any([options.signal, over.signal]);
  try {
    return await Promise.race([
      options.exited.then(() => "exited" as const),
      delay(options.deadlineMs, "deadline" as const, { signal: outer }),
      probeUntilHealthy(options, outer),
    ]);
  } catch (cause) {
    options.signal.throwIfAborted();
    throw cause;
  } finally {
    over.abort();
  }
}

async function probeUntilHealthy(options: WaitOptions, signal: AbortSignal): Promise<"healthy"> {
  while (!(await passes(options.probe, options.probeTimeoutMs, signal)))
    await delay(options.intervalMs, undefined, { signal });
  return "healthy";
}

/**
 * Runs one probe with a time limit that works even if the probe ignores its signal.
 * @throws signal.reason when aborted
 */
export async function passes(probe: Probe, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const within = AbortSignal.any([signal, over.signal]);
  try {
    return await Promise.race([
      probe(within).catch(() => false),
      delay(timeoutMs, false, { signal: within }),
    ]);
  } catch (cause) {
    signal.throwIfAborted();
    throw cause;
  } finally {
    over.abort();
  }
}
