/**
 * Skips the beginning of an answer that is generated again, up to the existing text. A vLLM constrains an answer
 * to a form from its first token on, and knows nothing of the text before that: when continued, half an object would be
 * followed by a whole one. So such an answer is generated again: the same seed gives the same words. It knows nothing of
 * HTTP.
 */
import type { TokenEvent } from "../../chat/chat-event.ts";
import { EngineFailedError } from "../../errors.ts";

export class RepeatedBeginning {
  /** What was written before and has not come again yet. */
  #missing: string;

  /** @param written '' when nothing was */
  constructor(written: string) {
    this.#missing = written;
  }

  get isOver(): boolean {
    return this.#missing === "";
  }

  /**
   * @returns what is new of it; null: nothing
   * @throws EngineFailedError when other words come than before
   */
  newOf(event: TokenEvent): TokenEvent | null {
    if (this.isOver) return event;
    const length = Math.min(event.text.length, this.#missing.length);
    if (event.text.slice(0, length) !== this.#missing.slice(0, length)) throw otherwise();
    this.#missing = this.#missing.slice(length);
    if (length === event.text.length) return null;
    return { ...event, text: event.text.slice(length), ids: [] };
  }

  /** @throws EngineFailedError when the answer has ended before all has come again */
  end(): void {
    if (!this.isOver) throw otherwise();
  }
}

/**
 * An upstream that does not know how to continue a text begins it anew. What it writes once more is passed over; as soon as
 * it writes anything else, that continues the text after all, and is emitted whole.
 */
export class DoubledBeginning {
  readonly #written: string;
  #buffer: TokenEvent[] = [];
  #isOver: boolean;

  /** @param written '' when nothing can come twice */
  constructor(written: string) {
    this.#written = written;
    this.#isOver = written === "";
  }

  /** @returns what is new */
  newOf(event: TokenEvent): readonly TokenEvent[] {
    if (this.#isOver) return [event];
    this.#buffer.push(event);
    const text = this.#buffer.map((buffered) => buffered.text).join("");
    if (this.#written.startsWith(text) && text.length < this.#written.length) return [];
    this.#isOver = true;
    if (!text.startsWith(this.#written)) return this.end();
    this.#buffer = [];
    const rest = text.slice(this.#written.length);
    return rest === "" ? [] : [{ type: "token", text: rest, ids: [] }];
  }

  /** What is buffered when the answer ends. */
  end(): readonly TokenEvent[] {
    const buffered = this.#buffer;
    this.#buffer = [];
    return buffered;
  }
}

const otherwise = () =>
  new EngineFailedError(
    "This answer has a form that it must keep as a whole, and vLLM began it otherwise when it was taken up again. Ask again.",
  );
