/**
 * Shows long steps: on a terminal one line that changes, elsewhere a line at the beginning of a step, one now and then, and
 * one at its end. It knows nothing of the work.
 */
interface StepOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Milliseconds between two lines of a step where lines cannot be changed. */
const quietSeconds = 30;

export class StepLine implements Disposable {
  readonly #output: StepOutput;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #startedAt = performance.now();
  readonly #label: string;
  #detail = "";
  #ended = false;
  #lastSeconds = 0;

  /** Begins the step. Disposing of it before `done` leaves it unfinished. */
  constructor(output: StepOutput, label: string) {
    this.#output = output;
    this.#label = label;
    this.#write(output.isTTY ? this.#line() : `${label} …\n`);
    this.#timer = setInterval(() => this.#tick(), 1_000);
  }

  /** The present detail, for people; shown with the next tick. */
  detail(text: string): void {
    this.#detail = text;
  }

  done(): void {
    this.#end("done");
  }

  [Symbol.dispose](): void {
    this.#end("not done");
  }

  #end(how: string): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    const took = `${how} (${this.#seconds()} s)`;
    this.#write(this.#output.isTTY ? `\r\u001b[K${this.#label}: ${took}\n` : `  ${took}\n`);
  }

  #tick(): void {
    if (this.#output.isTTY) this.#write(this.#line());
    else if (this.#seconds() - this.#lastSeconds >= quietSeconds) {
      this.#lastSeconds = this.#seconds();
      this.#write(`  ${this.#lastSeconds} s${this.#detail && `, ${this.#detail}`}\n`);
    }
  }

  #line(): string {
    // A line longer than the terminal would leave a copy behind at each change.
    return `\r\u001b[K${`${this.#label} … ${this.#seconds()} s  ${this.#detail}`.trimEnd().slice(0, 78)}`;
  }

  #seconds(): number {
    return Math.round((performance.now() - this.#startedAt) / 1000);
  }

  #write(text: string): void {
    this.#output.write(text);
  }
}
