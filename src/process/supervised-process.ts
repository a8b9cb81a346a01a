/**
 * Keeps one child process running: starts it, waits until it is healthy, watches it, restarts it after a crash, and gives up
 * on a crash loop. It knows nothing of what the child does: the health probe is passed in.
 *
 * One writer owns the state: the loop in #supervise. Others call `start`, `stop` and `ensureReady`, and subscribe with
 * `onChange`.
 */
import { setTimeout as delay } from "node:timers/promises";
import { endOrphans } from "./pid-file.ts";
import { ProcessUnavailableError } from "./process-errors.ts";
import { type BackoffOptions, RestartBackoff } from "./restart-backoff.ts";
import { RotatingLog, type RotatingLogOptions } from "./rotating-log.ts";
import { type ChildCommand, type ChildExit, SupervisedChild } from "./supervised-child.ts";
import { type Probe, passes, waitUntilHealthy } from "./wait-until-healthy.ts";

export type ProcessState = "stopped" | "starting" | "ready" | "degraded" | "stopping" | "failed";

export interface ProcessStatus {
  readonly name: string;
  readonly state: ProcessState;
  readonly pid: number | null;
  /** Milliseconds since 1970: the beginning of this state. */
  readonly since: number;
  /** The number of restarts after crashes. */
  readonly restarts: number;
  readonly lastExit: ChildExit | null;
  /** The problem in one sentence, while it is neither ready nor stopped on purpose. */
  readonly problem: string | null;
  /** Milliseconds since 1970: the next start, while it waits for it after a crash. */
  readonly retryAt: number | null;
}

export interface ProcessTimings extends BackoffOptions {
  /** A start that takes longer is a crash. */
  readonly startDeadlineMs: number;
  readonly probeIntervalMs: number;
  readonly probeTimeoutMs: number;
  /** After this many failed probes in a row a ready process is degraded. */
  readonly missesUntilDegraded: number;
  /** After this many it is ended and restarted. */
  readonly missesUntilRestart: number;
  /** Between TERM and KILL. */
  readonly stopGraceMs: number;
}

export const defaultTimings: ProcessTimings = {
  startDeadlineMs: 120_000,
  probeIntervalMs: 2_000,
  probeTimeoutMs: 5_000,
  missesUntilDegraded: 2,
  missesUntilRestart: 12,
  stopGraceMs: 10_000,
  firstDelayMs: 100,
  longestDelayMs: 10_000,
  healthyAfterMs: 10_000,
  giveUpAfter: 6,
  giveUpUnreadyAfter: 3,
};

export interface ProcessSpecification extends ChildCommand {
  /** Its name in messages. */
  readonly name: string;
  readonly logFile: string;
  readonly log?: Partial<RotatingLogOptions>;
  readonly probe: Probe;
  /** Gets each line of the child's output. */
  readonly onLine?: (line: string) => void;
  /** The exit code of a child that refuses to start: another try would not help. */
  readonly refusalCode?: number;
  /** The reason of a refusal, in one sentence for the user. */
  readonly describeRefusal?: () => string;
  readonly timings?: Partial<ProcessTimings>;
}

/** How one run of the child ended. */
type RunEnd = { readonly exit: ChildExit; readonly readyForMs: number; readonly problem: string };

export class SupervisedProcess implements AsyncDisposable {
  readonly log: RotatingLog;
  readonly #specification: ProcessSpecification;
  readonly #timings: ProcessTimings;
  readonly #listeners = new Set<(status: ProcessStatus) => void>();
  #status: ProcessStatus;
  #stopAsked = new AbortController();
  #supervision: Promise<void> | null = null;
  /** A start was requested during a stop. */
  #startAgain = false;
  #disposed = false;
  #child: SupervisedChild | null = null;

  constructor(specification: ProcessSpecification) {
    this.#specification = specification;
    this.#timings = { ...defaultTimings, ...specification.timings };
    this.log = new RotatingLog(specification.logFile, specification.log);
    this.#status = {
      name: specification.name,
      state: "stopped",
      pid: null,
      since: Date.now(),
      restarts: 0,
      lastExit: null,
      problem: null,
      retryAt: null,
    };
  }

  status(): ProcessStatus {
    return this.#status;
  }

  /** @returns a function that ends the subscription */
  onChange(listener: (status: ProcessStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Starts it unless it runs; from `failed` it counts as a fresh try, and after a running stop it starts again. */
  start(): void {
    // A restart in progress still requests it, and nothing would end it any more.
    if (this.#disposed) return;
    if (this.#supervision !== null) {
      this.#startAgain = this.#stopAsked.signal.aborted;
      return;
    }
    this.#stopAsked = new AbortController();
    this.#supervision = this.#supervise(this.#stopAsked.signal)
      .catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const problem = `${this.#specification.name} cannot be supervised: ${reason}`;
        this.#change({ state: "failed", pid: null, problem });
      })
      .finally(() => {
        this.#supervision = null;
        if (!this.#startAgain) return;
        this.#startAgain = false;
        this.start();
      });
  }

  /**
   * Starts it if necessary, and resolves when it is ready; many may wait at once. A degraded process counts as ready: it still
   * answers, but slowly.
   * @throws ProcessUnavailableError when it failed or was stopped; signal.reason when aborted
   */
  async ensureReady(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#status.state === "failed") throw this.#unavailable();
    this.start();
    const settled = await this.#when(
      ({ state }) => state === "ready" || state === "degraded" || state === "failed" || state === "stopped",
      signal,
    );
    if (settled.state === "failed" || settled.state === "stopped") throw this.#unavailable();
  }

  /** Ends the child and its whole group: TERM, wait, KILL. Resolves when they have ended. */
  async stop(): Promise<void> {
    this.#startAgain = false;
    this.#stopAsked.abort(new ProcessUnavailableError(`${this.#specification.name} was stopped.`));
    await this.#supervision;
    if (this.#status.state !== "failed") return;
    this.#change({ state: "stopped", problem: null });
  }

  /** Writes a line to the child's standard input; it is lost without a child. */
  send(line: string): void {
    this.#child?.send(line);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  /** Stops it for good: nothing starts it again. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.stop();
    this.log[Symbol.dispose]();
  }

  async #supervise(stopAsked: AbortSignal): Promise<void> {
    const backoff = new RestartBackoff(this.#timings);
    // Before the first await: a caller of start() must not see the old state.
    this.#change({ state: "starting", problem: null });
    await endOrphans(this.#specification.pidFile, this.#timings.stopGraceMs);
    while (!stopAsked.aborted) {
      const end = await this.#run(stopAsked);
      // One step: no observer may see a ready process without a pid.
      const next = stopAsked.aborted ? "stopping" : "starting";
      this.#change({ state: next, pid: null, lastExit: end.exit, problem: end.problem });
      if (stopAsked.aborted) break;

      if (end.exit.code !== null && end.exit.code === this.#specification.refusalCode) {
        this.#change({ state: "failed", problem: this.#specification.describeRefusal?.() ?? end.problem });
        return;
      }
      const pause = backoff.afterCrash(end.readyForMs);
      if (pause === null) {
        this.#change({ state: "failed", problem: `${end.problem} It has crashed too often to try again.` });
        return;
      }
      this.#change({ restarts: this.#status.restarts + 1, retryAt: Date.now() + pause });
      await delay(pause, undefined, { signal: stopAsked }).catch(() => {});
      this.#change({ retryAt: null });
    }
    this.#change({ state: "stopped", pid: null, problem: null });
  }

  /** One run of the child, from start to end. */
  async #run(stopAsked: AbortSignal): Promise<RunEnd> {
    const { name, probe, onLine = () => {} } = this.#specification;
    const { startDeadlineMs, probeIntervalMs, probeTimeoutMs, stopGraceMs } = this.#timings;
    let child: SupervisedChild;
    try {
      child = new SupervisedChild(this.#specification, this.log, onLine);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return {
        exit: { code: null, signal: null },
        readyForMs: 0,
        problem: `${name} cannot be started: ${reason}.`,
      };
    }
    this.#child = child;
    this.#change({ pid: child.pid });

    let readySince: number | null = null;
    const end = (exit: ChildExit, problem: string): RunEnd => ({
      exit,
      problem,
      readyForMs: readySince === null ? 0 : performance.now() - readySince,
    });
    try {
      const health = await waitUntilHealthy({
        probe,
        exited: child.exited,
        deadlineMs: startDeadlineMs,
        // Probed often during the start, so that nobody waits longer than necessary.
        intervalMs: Math.min(probeIntervalMs, 100),
        probeTimeoutMs,
        signal: stopAsked,
      });
      if (health === "exited") {
        const exit = await child.exited;
        return end(exit, `${name} ended while starting (${describeExit(exit)}).`);
      }
      if (health === "deadline") {
        const seconds = Math.round(startDeadlineMs / 1000);
        return end(await child.stop(stopGraceMs), `${name} was not ready within ${seconds} seconds.`);
      }
      readySince = performance.now();
      this.#change({ state: "ready", problem: null });
      const watch = await this.#watch(child, stopAsked);
      if (watch === "unhealthy")
        return end(await child.stop(stopGraceMs), `${name} stopped answering and was ended.`);
      const exit = await child.exited;
      return end(exit, `${name} crashed (${describeExit(exit)}).`);
    } catch (cause) {
      if (!stopAsked.aborted) throw cause;
      this.#change({ state: "stopping", problem: null });
      return end(await child.stop(stopGraceMs), `${name} was stopped.`);
    }
  }

  /**
   * Probes a ready process until it ends or has missed too many probes.
   * @throws the stop signal's reason
   */
  async #watch(child: SupervisedChild, stopAsked: AbortSignal): Promise<"exited" | "unhealthy"> {
    const { probeIntervalMs, probeTimeoutMs, missesUntilDegraded, missesUntilRestart } = this.#timings;
    const over = new AbortController();
    const signal = AbortSignal.any([stopAsked, over.signal]);
    const exited = child.exited.then(() => "exited" as const);
    let misses = 0;
    try {
      while (misses < missesUntilRestart) {
        const turn = this.#probeAfter(probeIntervalMs, probeTimeoutMs, signal);
        const result = await Promise.race([exited, turn]);
        if (result === "exited") {
          turn.catch(() => {});
          return "exited";
        }
        misses = result ? 0 : misses + 1;
        if (misses === 0 && this.#status.state === "degraded")
          this.#change({ state: "ready", problem: null });
        if (misses === missesUntilDegraded)
          this.#change({
            state: "degraded",
            problem: `${this.#specification.name} does not answer its health check.`,
          });
      }
      return "unhealthy";
    } finally {
      over.abort();
    }
  }

  async #probeAfter(intervalMs: number, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    await delay(intervalMs, undefined, { signal }).catch((cause) => {
      signal.throwIfAborted();
      throw cause;
    });
    return passes(this.#specification.probe, timeoutMs, signal);
  }

  #change(change: Partial<Omit<ProcessStatus, "name" | "since">>): void {
    const since =
      change.state === undefined || change.state === this.#status.state ? this.#status.since : Date.now();
    this.#status = { ...this.#status, ...change, since };
    for (const listener of [...this.#listeners]) listener(this.#status);
  }

  /** Resolves with the first status that fits, the present one included. */
  async #when(fits: (status: ProcessStatus) => boolean, signal: AbortSignal): Promise<ProcessStatus> {
    if (fits(this.#status)) return this.#status;
    const { promise, resolve, reject } = Promise.withResolvers<ProcessStatus>();
    const unsubscribe = this.onChange((status) => fits(status) && resolve(status));
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await promise;
    } finally {
      unsubscribe();
      signal.removeEventListener("abort", onAbort);
    }
  }

  #unavailable(): ProcessUnavailableError {
    const { name, state, problem } = this.#status;
    return new ProcessUnavailableError(problem ?? `${name} is ${state}.`, { process: name, state });
  }
}

/** For people: "exit code 1" or "SIGKILL". */
function describeExit(exit: ChildExit): string {
  return exit.signal ?? (exit.code === null ? "never started" : `exit code ${exit.code}`);
}
