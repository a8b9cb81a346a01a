/**
 * Keeps what the storage refused until it can be saved: how answers ended, and which answers a refusal ended. It looks
 * now and then whether writes go through again, stores the ends, and resumes those answers. It knows nothing of how an
 * answer is written.
 */
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Outcome } from "./generation-update.ts";

interface UnsavedOutcomesDeps {
  /** Whether writes go through. */
  readonly canSave: () => boolean;
  /** Continues an answer that has ended. @throws AppError when that makes no sense */
  readonly resume: (id: string) => Promise<unknown>;
  readonly log: Log;
  /** Milliseconds between two looks; for tests. */
  readonly lookEveryMs?: number;
}

interface UnsavedOutcome {
  /** The outcome for readers meanwhile. */
  readonly shown: Outcome;
  /** @throws when it is refused again */
  readonly save: () => Promise<void>;
}

const lookEveryMs = 1_000;

export class UnsavedOutcomes implements Disposable {
  readonly #deps: UnsavedOutcomesDeps;
  readonly #ends = new Map<string, UnsavedOutcome>();
  /** Answers to resume. */
  readonly #interrupted = new Set<string>();
  /** Answers that were resumed before: a disk that is always nearly full must not keep an engine busy for ever. */
  readonly #triedBefore = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isOver = false;

  constructor(deps: UnsavedOutcomesDeps) {
    this.#deps = deps;
  }

  /** How an answer ended whose end could not be written; undefined for any other. */
  shown(id: string): Outcome | undefined {
    return this.#ends.get(id)?.shown;
  }

  /** Keeps an end until it can be saved. */
  keep(id: string, end: UnsavedOutcome): void {
    this.#ends.set(id, end);
    this.#lookSoon();
  }

  /** Resumes the answer when writes go through again, once. */
  continueLater(id: string): void {
    if (this.#triedBefore.has(id)) return;
    this.#triedBefore.add(id);
    this.#interrupted.add(id);
    this.#lookSoon();
  }

  /** The answer is continued: its former end no longer matters. */
  forget(id: string): void {
    this.#ends.delete(id);
    this.#interrupted.delete(id);
  }

  #lookSoon(): void {
    if (this.#isOver) return;
    this.#timer ??= setTimeout(() => void this.#look(), this.#deps.lookEveryMs ?? lookEveryMs);
  }

  async #look(): Promise<void> {
    if (this.#deps.canSave()) await this.#save();
    this.#timer = null;
    if (this.#ends.size > 0 || this.#interrupted.size > 0) this.#lookSoon();
  }

  async #save(): Promise<void> {
    const { resume, log } = this.#deps;
    for (const [id, { save }] of this.#ends)
      try {
        await save();
        this.#ends.delete(id);
      } catch (error) {
        log.warn("generation-not-finalized", { generation: id, error });
        return;
      }
    for (const id of this.#interrupted) {
      this.#interrupted.delete(id);
      try {
        await resume(id);
        log.info("streaming-resumed", { generation: id });
      } catch (error) {
        if (error instanceof AppError)
          log.info("generation-not-continued", { generation: id, reason: error.message });
        else log.error("defect", { generation: id, error });
      }
    }
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
