/** What the loader of models asks of the rest of the program. */
import type { Engine } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { EnginePool } from "./engine-pool.ts";

/** The engine that is always there; its model may be replaced. */
interface FirstEngine extends Engine {
  /** @returns when the new model is being loaded; `loaded` rejects when the former one comes back in its place */
  replace(model: string, signal: AbortSignal): Promise<{ readonly loaded: Promise<void> }>;
}

export interface ModelLoaderOptions {
  readonly pool: EnginePool;
  readonly first: FirstEngine;
  /** An engine for this model, which begins to load at once. Its name begins with that of the first one. */
  readonly create: (model: string) => Engine;
  /** The bytes that a model takes while it is loaded. @throws ModelUnusableError when it cannot be */
  readonly needs: (model: string, signal: AbortSignal) => Promise<number>;
  /** The bytes that are free beside these models, which are loaded. */
  readonly room: (loaded: readonly string[]) => Promise<number>;
  /** Alone a model is tried though it needs more than there is room: with a smaller context, or partly elsewhere. */
  readonly mayExceed?: () => boolean;
  /** The most models that are loaded at once; null: as many as fit. */
  readonly maxModels: number | null;
  /** Milliseconds without use after which a model beside the first is unloaded; Infinity: never. */
  readonly keepAliveMs: number;
  /** Whether a model stays loaded whatever is asked for. */
  readonly isPinned: (model: string) => boolean;
  /** The model that comes back when no other is needed; null: the one that was asked for last. */
  readonly preferred: () => string | null;
  /** An answer has a slot of the model that it names. */
  readonly onUsed?: (model: string) => void;
  readonly log: Log;
  /**
   * How long a model that is in use stays at least, in milliseconds, and twice as long as it took to load: to change it costs
   * reading its weights again.
   */
  readonly sliceMs?: number;
  /** How long a model that could not be loaded is not tried again, in milliseconds. */
  readonly failedMs?: number;
}
