/**
 * The one loop that makes an answer: takes an engine, gives it the prompt, passes on what it writes, and goes on
 * with the next engine from the same text when one fails. It knows nothing of storage, readers or HTTP.
 */
import { EngineFailedError, EngineUnavailableError, ModelUnusableError } from "../errors.ts";
import type { ChatEvent } from "./chat-event.ts";
import type { ChatMessage, Continuation, Engine, Sampling } from "./engine.ts";

/** An engine with a slot that is ours until it is disposed of. */
export interface EngineLease extends Disposable {
  readonly engine: Engine;
}

/** Which engine an answer would like, and what it will ask of it. */
export interface EngineWish {
  /** Names of engines that have failed this answer already. */
  readonly without: ReadonlySet<string>;
  /** The model's id; another one is taken when no engine runs it. */
  readonly model: string;
  readonly conversationId: string;
  /** About how many tokens the prompt and the answer may have together. */
  readonly tokens: number;
}

export interface EngineSource {
  /**
   * Waits for a free slot of an engine.
   * @param onPosition gets the place in the queue (1 is next) whenever it changes
   * @throws EngineUnavailableError or ModelUnusableError when no engine is left; signal.reason when aborted
   */
  acquire(
    wish: EngineWish,
    onPosition: (position: number) => void,
    signal: AbortSignal,
  ): Promise<EngineLease>;
}

export interface Turn {
  readonly generationId: string;
  readonly wish: Omit<EngineWish, "without">;
  readonly sampling: Sampling;
  /** The prompt for this engine: budgets and tokenizers differ. */
  prompt(engine: Engine, signal: AbortSignal): Promise<readonly ChatMessage[]>;
  /** The part of the answer that exists already; asked anew for each engine. */
  written(): Continuation | null;
  onPosition(position: number): void;
}

export type TurnEvent =
  /** From here on this engine writes. */
  | {
      readonly type: "writer";
      readonly engine: string;
      readonly model: string;
      readonly modelHash: string | null;
    }
  | ChatEvent;

/**
 * Yields the events of one answer; `finish` last. Fails over silently, before the first token and in mid-answer.
 * @throws what the last engine threw when none is left; signal.reason when aborted
 */
export async function* runTurn(
  turn: Turn,
  engines: EngineSource,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const failed = new Set<string>();
  let failure: unknown = null;
  for (;;) {
    const wish = { ...turn.wish, without: failed };
    const lease = await engines.acquire(wish, turn.onPosition, signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw failure ?? cause;
    });
    using _slot = lease;
    const { engine } = lease;
    try {
      await engine.ensureReady(signal);
      const messages = await turn.prompt(engine, signal);
      const { model, modelHash } = engine.status();
      yield { type: "writer", engine: engine.name, model: model ?? engine.name, modelHash };
      const continueFrom = turn.written();
      yield* engine.generate(
        {
          generationId: turn.generationId,
          messages,
          sampling: turn.sampling,
          ...(continueFrom === null ? {} : { continueFrom }),
        },
        signal,
      );
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!isEnginesFault(error)) throw error;
      failed.add(engine.name);
      failure = error;
    }
  }
}

/** Another engine may do better; a prompt that is too long is too long for all. */
function isEnginesFault(error: unknown): boolean {
  return (
    error instanceof EngineFailedError ||
    error instanceof EngineUnavailableError ||
    error instanceof ModelUnusableError
  );
}
