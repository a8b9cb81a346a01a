/**
 * Runs one vLLM: launches it with a key of its own, watches it, reads from its log how far it is, and says what is
 * the matter. The supervision itself is src/process.
 */
import { join } from "node:path";
import { EngineUnavailableError } from "../errors.ts";
import type { VllmLine } from "../orchestrator-line.ts";
import { type ProcessState, type ProcessTimings, SupervisedProcess } from "../process/supervised-process.ts";
import type { Settings } from "../settings.ts";
import { notLoading, problemIn, progressAfter } from "./loading-progress.ts";
import { vllmArguments, vllmEnvironment, vllmUrl } from "./vllm-command.ts";
import { type Machine, type ServedModel, vllmProgram } from "./vllm-plan.ts";

export interface VllmLauncherOptions {
  readonly settings: Settings;
  /** null: the catalogue has nothing for the chosen model. */
  readonly served: ServedModel | null;
  readonly machine: Machine & { readonly cores: number };
  readonly port: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timings?: Partial<ProcessTimings>;
}

const stateOf: Readonly<Record<ProcessState, VllmLine["state"]>> = {
  stopped: "stopped",
  starting: "starting",
  ready: "ready",
  // It still answers, if slowly.
  degraded: "ready",
  stopping: "stopped",
  failed: "failed",
};

export class VllmLauncher implements AsyncDisposable {
  readonly #apiKey = crypto.randomUUID();
  readonly #url: string;
  readonly #process: SupervisedProcess | null;
  readonly #listeners = new Set<(line: VllmLine) => void>();
  /** Why it cannot be launched at all, or what its log said last about why it does not start. */
  #problem: string | null = null;
  #loading = notLoading;

  constructor(options: VllmLauncherOptions) {
    this.#url = vllmUrl(options.port);
    this.#process = this.#prepare(options);
    this.#process?.onChange(({ state, pid }) => {
      if (state === "starting" && pid === null) this.#loading = notLoading;
      if (state === "ready") this.#problem = null;
      this.#tell();
    });
  }

  /** The last lines of its log, oldest first. */
  logTail(lines: number): readonly string[] {
    return this.#process?.log.tail(lines) ?? [];
  }

  line(): VllmLine {
    const status = this.#process?.status();
    const failed = { state: "failed", pid: null, since: Date.now(), restarts: 0, problem: null } as const;
    const { state, pid, since, restarts, problem } =
      status === undefined ? failed : { ...status, state: stateOf[status.state] };
    return {
      event: "vllm",
      url: this.#url,
      apiKey: this.#apiKey,
      state,
      problem: state === "failed" || state === "starting" ? (this.#problem ?? problem) : problem,
      phase: this.#loading.phase,
      progress: state === "starting" ? this.#loading.progress : null,
      pid,
      since,
      restarts,
    };
  }

  onChange(listener: (line: VllmLine) => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    this.#process?.start();
  }

  async act(action: "start" | "stop" | "restart"): Promise<void> {
    if (action === "start") this.#process?.start();
    else if (action === "stop") await this.#process?.stop();
    else await this.#process?.restart();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
  }

  #prepare(options: VllmLauncherOptions): SupervisedProcess | null {
    const { settings, served, machine, port, environment, timings } = options;
    const { vllm, dataDir } = settings;
    if (served === null) {
      this.#problem = "It is not known what vLLM shall serve. Set VLLM_MODEL to a folder or a hub id.";
      return null;
    }
    let program: readonly string[];
    try {
      program = vllmProgram(settings, machine);
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
      hasCudaGpu: machine.hasCudaGpu,
      cores: machine.cores,
    };
    return new SupervisedProcess({
      name: "vLLM",
      command: vllmArguments(launch),
      directory: dataDir,
      environment: vllmEnvironment(launch, this.#apiKey, environment),
      pidFile: join(dataDir, "vllm.pid"),
      logFile: join(dataDir, "logs/vllm.log"),
      onLine: (line) => this.#read(line),
      probe: async (signal) => (await fetch(`${this.#url}/health`, { signal })).ok,
      timings: { startDeadlineMs: vllm.startSeconds * 1000, probeIntervalMs: 1_000, ...timings },
    });
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
