/**
 * What happens to answers, for the parts of the program that react to it: statistics, tracing, limits, pages that show
 * lists, memory, titles, summaries. They subscribe after all parts exist. It knows none of them.
 */
import type { Log } from "../log.ts";
import type { Generation, OwnerId } from "../store/schema.ts";
import type { Outcome } from "./generation-update.ts";

/** performance.now() of an answer's stages, since it was last begun or resumed. */
export interface AnswerTimes {
  readonly askedAt: number;
  /** When an engine took it; null: none did. */
  readonly startedAt: number | null;
  readonly firstTokenAt: number | null;
  readonly endedAt: number;
}

export interface FinishedExchange {
  readonly conversationId: string;
  /** The answer's. */
  readonly messageId: string;
  readonly question: string;
  readonly answer: string;
}

export type GenerationEvent =
  /** An answer was begun, continued or resumed; emitted while the request for it is served. */
  | { readonly type: "begun"; readonly ownerId: OwnerId; readonly generation: Generation }
  /** An answer has ended. The usage of `outcome` counts what was written since it was last resumed. */
  | {
      readonly type: "ended";
      readonly ownerId: OwnerId;
      readonly generation: Generation;
      readonly outcome: Outcome;
      readonly times: AnswerTimes;
    }
  /** A complete answer of a chat is stored. Each exchange is emitted once. */
  | { readonly type: "exchanged"; readonly ownerId: OwnerId; readonly exchange: FinishedExchange }
  /** A conversation has another answer, an answer's state is another, or other questions wait. */
  | { readonly type: "changed"; readonly ownerId: OwnerId; readonly conversationId: string };

/** It must not throw; what it returns is waited for before the program ends. */
type GenerationListener = (event: GenerationEvent) => void | Promise<void>;

export class GenerationEvents {
  readonly #listeners = new Set<GenerationListener>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** @returns ends the subscription */
  subscribe(listener: GenerationListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls every listener at once. @returns when all have done their work; it never rejects */
  async emit(event: GenerationEvent): Promise<void> {
    const work = [...this.#listeners].map((listener) => this.#call(listener, event));
    await Promise.all(work);
  }

  /** A listener that fails costs the answer and the other listeners nothing. */
  async #call(listener: GenerationListener, event: GenerationEvent): Promise<void> {
    try {
      await listener(event);
    } catch (error) {
      this.#log.error("defect", { event: event.type, error });
    }
  }
}
