/** Why no text comes: asked for and shown only after a while, since most gaps are short. It does not know the source. */
import { MovingDeadline } from "../sse/moving-deadline.ts";

export class WhyNoText implements Disposable {
  readonly #say: (sentence: string | null) => void;
  readonly #afterMs: number;
  readonly #impatience: MovingDeadline;
  #socket: Disposable | null = null;
  #sentence: string | null = null;
  #isLate = false;

  constructor(
    afterMs: number,
    say: (sentence: string | null) => void,
    ask: (say: (sentence: string) => void) => Disposable,
  ) {
    this.#say = say;
    this.#afterMs = afterMs;
    this.#impatience = new MovingDeadline(() => {
      this.#isLate = true;
      if (this.#sentence !== null) say(this.#sentence);
      this.#socket ??= ask((sentence) => {
        this.#sentence = sentence;
        if (this.#isLate) say(sentence);
      });
    });
    this.#impatience.expectWithin(afterMs);
  }

  /** Text has come. */
  isOver(): void {
    this.#isLate = false;
    this.#sentence = null;
    this.#say(null);
    this.#impatience.expectWithin(this.#afterMs);
  }

  [Symbol.dispose](): void {
    this.#impatience[Symbol.dispose]();
    this.#socket?.[Symbol.dispose]();
  }
}
