/**
 * An engine that the orchestrator launched, as the server knows it: its state comes line by line on standard input
 * (ipc/orchestrator-message.ts), and the orchestrator is asked to start, stop or change it.
 */
import { readFileSync } from "node:fs";
import type { OrchestratorChannel } from "../../ipc/orchestrator-channel.ts";
import type { LaunchedName, LaunchLine } from "../../ipc/orchestrator-message.ts";
import type { LaunchStatus } from "./launch-status.ts";

type LaunchAction = "start" | "stop" | "restart";

/** Every waiting answer asks for the status, and measuring reads a file for each of its processes. */
const memoryAgeMs = 2_000;

interface ServedFile {
  readonly file: string;
  /** What makes pictures of it that the model can see. */
  readonly projector?: string;
}

interface Measurement {
  readonly pid: number;
  readonly at: number;
  readonly bytes: number | null;
}

interface LaunchedEngineOptions {
  readonly engine: LaunchedName;
  readonly orchestrator: OrchestratorChannel;
  /** The memory of a process and of those that it has started, in bytes; null: not known. */
  readonly measure?: (pid: number) => number | null;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

export class LaunchedEngine {
  readonly name: LaunchedName;
  readonly #orchestrator: OrchestratorChannel;
  readonly #measure: (pid: number) => number | null;
  readonly #now: () => number;
  #measured: Measurement | null = null;
  #line: Omit<LaunchLine, "event" | "engine"> = {
    model: null,
    state: "starting",
    problem: null,
    phase: "starting",
    progress: null,
    pid: null,
    since: Date.now(),
    restarts: 0,
    retryAt: null,
  };

  constructor(options: LaunchedEngineOptions) {
    const { engine, orchestrator, measure = residentBytes, now = () => performance.now() } = options;
    this.name = engine;
    this.#orchestrator = orchestrator;
    this.#measure = measure;
    this.#now = now;
  }

  /** Takes what the orchestrator says. */
  update(line: LaunchLine): void {
    if (line.engine === this.name) this.#line = line;
  }

  get restarts(): number {
    return this.#line.restarts;
  }

  status(): LaunchStatus {
    const { state, since, problem, progress, phase, pid, model, retryAt } = this.#line;
    return {
      state,
      since,
      problem,
      progress,
      phase: state === "starting" ? phase : null,
      retryAt,
      details: { process: pid, serves: model, memory_bytes: pid === null ? null : this.#memory(pid) },
    };
  }

  ask(action: LaunchAction): void {
    this.#orchestrator.send({ event: "launch-asked", engine: this.name, action });
  }

  /** @param file what it serves, where it does not find that by the model's id */
  load(model: string, file: ServedFile | null = null): void {
    const served = file === null ? {} : file;
    this.#orchestrator.send({ event: "launch-asked", engine: this.name, action: "load", model, ...served });
  }

  /** In bytes, at most two seconds old. */
  #memory(pid: number): number | null {
    const at = this.#now();
    const known = this.#measured;
    if (known?.pid === pid && at - known.at < memoryAgeMs) return known.bytes;
    const bytes = this.#measure(pid);
    this.#measured = { pid, at, bytes };
    return bytes;
  }
}

/**
 * Of a process and of those that it has started, which vLLM's workers are among; null where there is no /proc.
 * @see proc(5)
 */
function residentBytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const below =
      children === "" ? [] : children.split(" ").map((child) => residentBytes(Number(child)) ?? 0);
    return below.reduce((sum, bytes) => sum + bytes, Number(kilobytes ?? 0) * 1024);
  } catch {
    // It has just ended, or this is no Linux.
    return null;
  }
}
