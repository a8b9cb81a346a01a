/**
 * A deadline that every sign of life moves. When its one timer fires, it checks whether the deadline has moved: clearing and
 * setting a timer for each token of a thousand streams costs more than the tokens do.
 */
export class MovingDeadline implements Disposable {
  readonly #onMissed: () => void;
  /** The deadline by performance.now(); infinite: none. */
  #due = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #timerDue = Number.POSITIVE_INFINITY;

  /** @param onMissed called when a deadline passes; the deadline is then removed */
  constructor(onMissed: () => void) {
    this.#onMissed = onMissed;
  }

  /** Sets the deadline to this many milliseconds from now. */
  expectWithin(milliseconds: number): void {
    this.#due = performance.now() + milliseconds;
    if (this.#due < this.#timerDue) this.#setTimer(milliseconds);
  }

  /** Removes the deadline. */
  lift(): void {
    this.#due = Number.POSITIVE_INFINITY;
  }

  #setTimer(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerDue = this.#due;
    this.#timer = setTimeout(() => this.#look(), milliseconds);
  }

  #look(): void {
    this.#timer = null;
    this.#timerDue = Number.POSITIVE_INFINITY;
    if (this.#due === Number.POSITIVE_INFINITY) return;
    const left = this.#due - performance.now();
    if (left > 0) {
      this.#setTimer(left);
      return;
    }
    this.lift();
    this.#onMissed();
  }

  [Symbol.dispose](): void {
    this.lift();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timerDue = Number.POSITIVE_INFINITY;
  }
}
