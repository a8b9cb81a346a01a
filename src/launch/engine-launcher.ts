/**
 * Runs one engine that is a program of its own: launches it with a key made for this run, watches it, reads its loading
 * progress from its log, serves another model by a restart, and reports problems. What is launched says its kind
 * (src/vllm, src/llama-server); src/process does the supervision.
 */
import { join } from "node:path";
import { EngineUnavailableError } from "../errors.ts";
import type { LaunchedName, LaunchLine } from "../ipc/orchestrator-message.ts";
import { ProcessUnavailableError } from "../process/process-errors.ts";
import {
  type ProcessSpecification,
  type ProcessState,
  type ProcessTimings,
  SupervisedProcess,
} from "../process/supervised-process.ts";
import { type LoadingProgress, notLoading } from "./loading-progress.ts";

/** What is launched to serve a model. */
type Launch = Pick<ProcessSpecification, "command" | "environment">;

interface EngineLauncherOptions<Served> {
  readonly engine: LaunchedName;
  /** As people read it. */
  readonly title: string;
  readonly url: string;
  readonly dataDir: string;
  /** null: none is chosen yet. */
  readonly served: Served | null;
  /** What nothing chosen means; null: the model is told later (`load`). */
  readonly noModel: string | null;
  /** Why the port cannot be used; null: it can. */
  readonly portProblem: string | null;
  readonly nameOf: (served: Served) => string;
  /** @throws EngineUnavailableError with the next step */
  readonly launchOf: (served: Served, apiKey: string) => Launch;
  /** @returns the progress after this line of its log; it never decreases */
  readonly progressAfter: (before: LoadingProgress, line: string) => LoadingProgress;
  /** @returns why it cannot start, as a line of its log says; null: the line says nothing of that */
  readonly problemIn: (line: string) => string | null;
  readonly timings: Partial<ProcessTimings>;
}

/** Not a failure: a later request replaced this one. */
export class LoadSupersededError extends ProcessUnavailableError {
  constructor(engine: string, model: string, options?: ErrorOptions) {
    super(`Another request to ${engine} came before ${model} ran.`, { model }, options);
  }
}

const stateOf: Readonly<Record<ProcessState, LaunchLine["state"]>> = {
  stopped: "stopped",
  starting: "starting",
  ready: "ready",
  // It still answers, but slowly.
  degraded: "ready",
  stopping: "stopped",
  failed: "failed",
};

export class EngineLauncher<Served> implements AsyncDisposable {
  /** Made for this run; only this program has it. */
  readonly apiKey: string = crypto.randomUUID();
  readonly url: string;
  readonly #options: EngineLauncherOptions<Served>;
  readonly #listeners = new Set<(line: LaunchLine) => void>();
  #served: Served | null;
  #process: SupervisedProcess | null;
  readonly #startedAt = Date.now();
  /** Why it cannot be launched, or the last problem in its log. */
  #problem: string | null = null;
  #loading = notLoading;
  /** Resolves when all requests so far are done; never rejects. */
  #work: Promise<void> = Promise.resolve();
  /** Counts loads, stops and restarts: only the latest load may start vLLM. */
  #asked = 0;
  #closed = false;

  constructor(options: EngineLauncherOptions<Served>) {
    this.#options = options;
    this.url = options.url;
    this.#served = options.served;
    this.#process = this.#prepare(options.served);
  }

  /** The last lines of its log, oldest first. */
  logTail(lines: number): readonly string[] {
    return this.#process?.log.tail(lines) ?? [];
  }

  line(): LaunchLine {
    const unlaunched = {
      state: this.#isWaiting ? "starting" : "failed",
      pid: null,
      since: this.#startedAt,
      restarts: 0,
      problem: null,
      retryAt: null,
    } as const;
    const { engine, nameOf } = this.#options;
    const status = this.#process?.status() ?? unlaunched;
    const state = stateOf[status.state];
    return {
      event: "launched",
      engine,
      model: this.#served === null ? null : nameOf(this.#served),
      state,
      problem:
        state === "failed" || state === "starting" ? (this.#problem ?? status.problem) : status.problem,
      phase: this.#loading.phase,
      progress: state === "starting" ? this.#loading.progress : null,
      pid: status.pid,
      since: status.since,
      restarts: status.restarts,
      retryAt: status.retryAt,
    };
  }

  onChange(listener: (line: LaunchLine) => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    this.#process?.start();
  }

  async act(action: "start" | "stop" | "restart"): Promise<void> {
    // A plain start does not cancel a load in progress.
    if (action !== "start") this.#asked += 1;
    await this.#inOrder(() => this.#act(action));
  }

  /**
   * Serves another model; when that does not come up, the former one is served again.
   * @throws LoadSupersededError when another request came meanwhile; ProcessUnavailableError when there is no former model
   */
  async load(served: Served): Promise<void> {
    const former = this.#served;
    this.#asked += 1;
    const turn = this.#asked;
    await this.#inOrder(() => this.#replace(served, turn));
    // Waiting for a process starts it, even after a stop.
    if (!this.#isWanted(turn)) throw this.#superseded(served);
    try {
      await this.#process?.ensureReady(new AbortController().signal);
    } catch (error) {
      if (!this.#isWanted(turn)) throw this.#superseded(served, { cause: error });
      if (!(error instanceof ProcessUnavailableError) || former === null) throw error;
      await this.#inOrder(() => this.#replace(former, turn));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#work;
    await this.#process?.[Symbol.asyncDispose]();
  }

  #superseded(served: Served, options?: ErrorOptions): LoadSupersededError {
    const { title, nameOf } = this.#options;
    return new LoadSupersededError(title, nameOf(served), options);
  }

  /** Nothing is wrong: it is told its model later. */
  get #isWaiting(): boolean {
    const { noModel, portProblem } = this.#options;
    return this.#served === null && noModel === null && portProblem === null;
  }

  #isWanted(turn: number): boolean {
    return turn === this.#asked && !this.#closed;
  }

  /** One at a time: of two concurrent replacements, one would lose the process that the other started. */
  #inOrder(step: () => Promise<void>): Promise<void> {
    const done = this.#work.then(() => (this.#closed ? undefined : step()));
    // The caller gets a failure; later callers do not.
    this.#work = done.catch(() => {});
    return done;
  }

  async #act(action: "start" | "stop" | "restart"): Promise<void> {
    if (this.#process === null) {
      // What was missing may be installed by now.
      this.#problem = null;
      this.#process = this.#prepare(this.#served);
      this.#tell();
    }
    if (action === "start") this.#process?.start();
    else if (action === "stop") await this.#process?.stop();
    else await this.#process?.restart();
  }

  async #replace(served: Served, turn: number): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
    this.#served = served;
    this.#problem = null;
    this.#process = this.#prepare(served);
    // A request that came meanwhile decides whether this one runs.
    if (this.#isWanted(turn)) this.#process?.start();
    this.#tell();
  }

  #prepare(served: Served | null): SupervisedProcess | null {
    const { engine, title, dataDir, noModel, portProblem, launchOf, timings } = this.#options;
    if (portProblem !== null || served === null) {
      this.#problem = portProblem ?? noModel;
      return null;
    }
    let launch: Launch;
    try {
      launch = launchOf(served, this.apiKey);
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      this.#problem = error.message;
      return null;
    }
    const process = new SupervisedProcess({
      ...launch,
      name: title,
      // Relative paths in commands and models start here, like those of all settings.
      directory: join(import.meta.dir, "../.."),
      pidFile: join(dataDir, `${engine}.pid`),
      logFile: join(dataDir, `logs/${engine}.log`),
      onLine: (line) => this.#read(line),
      probe: async (signal) => (await fetch(`${this.url}/health`, { signal })).ok,
      timings,
    });
    process.onChange(({ state, pid }) => {
      if (state === "starting" && pid === null) this.#loading = notLoading;
      if (state === "ready") this.#problem = null;
      this.#tell();
    });
    return process;
  }

  #read(line: string): void {
    const { problemIn, progressAfter } = this.#options;
    const problem = problemIn(line);
    const loading = progressAfter(this.#loading, line);
    if (problem === null && loading === this.#loading) return;
    this.#problem = problem ?? this.#problem;
    this.#loading = loading;
    this.#tell();
  }

  #tell(): void {
    const line = this.line();
    for (const listener of this.#listeners) listener(line);
  }
}
