/**
 * Runs one vLLM: launches it with its own key, watches it, reads its loading progress from the log, and reports problems.
 * src/process does the supervision.
 */
import { join } from "node:path";
import { EngineUnavailableError } from "../errors.ts";
import type { VllmLine } from "../ipc/orchestrator-message.ts";
import { ProcessUnavailableError } from "../process/process-errors.ts";
import { type ProcessState, type ProcessTimings, SupervisedProcess } from "../process/supervised-process.ts";
import type { Settings } from "../settings/settings.ts";
import { notLoading, problemIn, progressAfter } from "./loading-progress.ts";
import { vllmArguments, vllmEnvironment, vllmUrl } from "./vllm-command.ts";
import { type Machine, type ServedModel, vllmProgram } from "./vllm-plan.ts";
import { isForProcessor, refuseOldVllm } from "./vllm-version.ts";

interface VllmLauncherOptions {
  readonly settings: Settings;
  /** null: the catalogue has no entry for the chosen model. */
  readonly served: ServedModel | null;
  readonly machine: Machine & { readonly cores: number };
  readonly port: number;
  /** Why the port cannot be used; null: it can. */
  readonly portProblem?: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timings?: Partial<ProcessTimings>;
}

/** Not a failure: a later request replaced this one. */
export class LoadSupersededError extends ProcessUnavailableError {
  constructor(model: string, options?: ErrorOptions) {
    super(`Another request to vLLM came before ${model} ran.`, { model }, options);
  }
}

const stateOf: Readonly<Record<ProcessState, VllmLine["state"]>> = {
  stopped: "stopped",
  starting: "starting",
  ready: "ready",
  // It still answers, but slowly.
  degraded: "ready",
  stopping: "stopped",
  failed: "failed",
};

export class VllmLauncher implements AsyncDisposable {
  /** Made for this run; only this program has it. */
  readonly apiKey: string = crypto.randomUUID();
  readonly url: string;
  readonly #options: VllmLauncherOptions;
  readonly #listeners = new Set<(line: VllmLine) => void>();
  #served: ServedModel | null;
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

  constructor(options: VllmLauncherOptions) {
    this.#options = options;
    this.url = vllmUrl(options.port);
    this.#served = options.served;
    this.#process = this.#prepare(options.served);
  }

  /** The last lines of its log, oldest first. */
  logTail(lines: number): readonly string[] {
    return this.#process?.log.tail(lines) ?? [];
  }

  line(): VllmLine {
    const unlaunched = {
      state: "failed",
      pid: null,
      since: this.#startedAt,
      restarts: 0,
      problem: null,
      retryAt: null,
    } as const;
    const status = this.#process?.status() ?? unlaunched;
    const state = stateOf[status.state];
    return {
      event: "vllm",
      model: this.#served?.model ?? null,
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

  onChange(listener: (line: VllmLine) => void): void {
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
  async load(served: ServedModel): Promise<void> {
    const former = this.#served;
    this.#asked += 1;
    const turn = this.#asked;
    await this.#inOrder(() => this.#replace(served, turn));
    // Waiting for a process starts it, even after a stop.
    if (!this.#isWanted(turn)) throw new LoadSupersededError(served.model);
    try {
      await this.#process?.ensureReady(new AbortController().signal);
    } catch (error) {
      if (!this.#isWanted(turn)) throw new LoadSupersededError(served.model, { cause: error });
      if (!(error instanceof ProcessUnavailableError) || former === null) throw error;
      await this.#inOrder(() => this.#replace(former, turn));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#work;
    await this.#process?.[Symbol.asyncDispose]();
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

  async #replace(served: ServedModel, turn: number): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
    this.#served = served;
    this.#problem = null;
    this.#process = this.#prepare(served);
    // A request that came meanwhile decides whether this one runs.
    if (this.#isWanted(turn)) this.#process?.start();
    this.#tell();
  }

  #prepare(served: ServedModel | null): SupervisedProcess | null {
    const { settings, machine, port, portProblem, environment, timings } = this.#options;
    const { vllm, dataDir } = settings;
    if (portProblem) {
      this.#problem = portProblem;
      return null;
    }
    if (served === null) {
      this.#problem = "No model is set for vLLM. Set VLLM_MODEL to a folder or a hub id.";
      return null;
    }
    let program: readonly string[];
    let version: string | null;
    try {
      program = vllmProgram(settings, machine);
      version = refuseOldVllm(program);
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      this.#problem = error.message;
      return null;
    }
    const launch = {
      program,
      port,
      model: served.model,
      servedNames: served.names,
      contextSize: served.contextSize,
      gpuMemoryShare: vllm.gpuMemory,
      tensorParallel: vllm.tensorParallel,
      extraArguments: vllm.extraArguments,
      hasCudaGpu: machine.hasCudaGpu && !(version !== null && isForProcessor(version)),
      cores: machine.cores,
    };
    const process = new SupervisedProcess({
      name: "vLLM",
      command: vllmArguments(launch),
      // Relative paths in VLLM_COMMAND and VLLM_MODEL start here, like those of all settings.
      directory: join(import.meta.dir, "../.."),
      environment: vllmEnvironment(launch, this.apiKey, environment),
      pidFile: join(dataDir, "vllm.pid"),
      logFile: join(dataDir, "logs/vllm.log"),
      onLine: (line) => this.#read(line),
      probe: async (signal) => (await fetch(`${this.url}/health`, { signal })).ok,
      timings: {
        startDeadlineMs: vllm.startSeconds * 1000,
        probeIntervalMs: vllm.probeSeconds * 1000,
        missesUntilRestart: vllm.misses,
        healthyAfterMs: vllm.healthySeconds * 1000,
        ...timings,
      },
    });
    process.onChange(({ state, pid }) => {
      if (state === "starting" && pid === null) this.#loading = notLoading;
      if (state === "ready") this.#problem = null;
      this.#tell();
    });
    return process;
  }

  #read(line: string): void {
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
