/** What the status page, its API and the metrics need of the rest of the program. */
import type { EngineStatus } from "../chat/engine.ts";

export type EngineAction = "start" | "stop" | "restart";

export interface EngineReport {
  readonly status: EngineStatus;
  /** How often its process was started again by itself since the server's start. */
  readonly restarts: number;
  /** What can be done now; none for an engine that somebody else runs. */
  readonly actions: readonly EngineAction[];
  /** Other models that can be put in place of the one that runs, by their ids; none where that cannot be done. */
  readonly models: readonly string[];
  /** The last lines of its process's log; none for an engine that has no process of its own. */
  readonly logTail: readonly string[];
  /** Medians of its last answers; null before the first one. */
  readonly timeToFirstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
}

export interface StatusReport {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** In the order in which they are asked. */
  readonly engines: readonly EngineReport[];
  /** Answers that wait for a slot. */
  readonly waiting: number;
  /** Answers that have not ended, those that wait included. */
  readonly unfinished: number;
  /** How answers have ended since the start. */
  readonly answers: { readonly done: number; readonly stopped: number; readonly failed: number };
  /** Generated since the start. */
  readonly tokens: number;
  /** Of this process, and of the machine. */
  readonly memory: { readonly residentBytes: number; readonly totalBytes: number };
  /** The graphics cards that tell; `utilisation` is 0 to 1, or null. */
  readonly gpus: readonly {
    readonly name: string;
    readonly usedBytes: number;
    readonly totalBytes: number;
    readonly utilisation: number | null;
  }[];
  /** "ok", or a sentence on what is wrong with the database or its disk. */
  readonly storage: string;
}

export interface StatusPort {
  report(): StatusReport;
  /**
   * Resolves when the action has begun, without waiting for the model to load: the report tells how it goes on.
   * @throws AppError: NotFoundError for an unknown engine, InvalidRequestError for what cannot be done now
   */
  act(engine: string, action: EngineAction): Promise<void>;
  /**
   * Puts another model in place of the one that runs: running answers are finished first, new ones wait. Resolves
   * when that has begun; the report tells how it goes on.
   * @throws AppError: NotFoundError, UnknownModelError, ModelUnusableError or InvalidRequestError
   */
  load(engine: string, model: string): Promise<void>;
  /** Resolves when something has changed since the call, or when aborted; it never rejects. */
  changed(signal: AbortSignal): Promise<void>;
}
