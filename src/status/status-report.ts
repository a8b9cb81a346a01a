/** The interface of the status page, its API and the metrics to the rest of the program. */
import type { EngineStatus } from "../chat/engine.ts";
import type { EngineChange, StatusSample } from "./status-history.ts";

/** unload: of a model that was loaded because a request named it. */
export type EngineAction = "start" | "stop" | "restart" | "unload";

export interface EngineReport {
  readonly status: EngineStatus;
  /** Restarts of its process after crashes since the server's start. */
  readonly restarts: number;
  /** Actions that are possible now; none for an external engine. */
  readonly actions: readonly EngineAction[];
  /** Ids of other models that can replace the running one; empty where that is impossible. */
  readonly models: readonly string[];
  /** The last lines of its process's log; none for an engine without a process. */
  readonly logTail: readonly string[];
  /** Medians of its last answers; null before the first one. */
  readonly timeToFirstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
}

export interface StatusReport {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** In the order of requests. */
  readonly engines: readonly EngineReport[];
  /** Answers that wait for a slot. */
  readonly waiting: number;
  /** Answers that have not ended, waiting ones included. */
  readonly unfinished: number;
  /** How answers have ended since the start. */
  readonly answers: { readonly done: number; readonly stopped: number; readonly failed: number };
  /** Generated since the start. */
  readonly tokens: number;
  /** Of this process, and of the machine. */
  readonly memory: { readonly residentBytes: number; readonly totalBytes: number };
  /** The graphics cards that report their usage; `utilisation` is 0 to 1, or null. */
  readonly gpus: readonly {
    readonly name: string;
    readonly usedBytes: number;
    readonly totalBytes: number;
    readonly utilisation: number | null;
  }[];
  /** "ok", or a sentence with the problem of the database or its disk. */
  readonly storage: string;
  /** The last ten minutes, oldest first, a sample every five seconds. */
  readonly lately: readonly StatusSample[];
  /** What became of the engines, newest first. */
  readonly changes: readonly EngineChange[];
}

export interface StatusPort {
  report(): StatusReport;
  /**
   * Resolves when the action has begun, without waiting for the model to load: the report shows the progress.
   * @throws AppError: NotFoundError for an unknown engine, InvalidRequestError for an action that is impossible now
   */
  act(engine: string, action: EngineAction): Promise<void>;
  /**
   * Replaces the running model: running answers finish first, new ones wait. Resolves when that has begun; the report shows the
   * progress.
   * @throws AppError: NotFoundError, UnknownModelError, ModelUnusableError or InvalidRequestError
   */
  load(engine: string, model: string): Promise<void>;
  /** Resolves when something has changed since the call, or when aborted; it never rejects. */
  changed(signal: AbortSignal): Promise<void>;
}
