/**
 * Continuous batching in lock-step. In every step each run that decodes evaluates its next token; all of them are queued in
 * the same turn of the event loop, so the runtime decodes them as one full batch. The next step begins when all have
 * sampled. Left to run freely, the runtime looks at its queue before the sequence it has just served has queued again, and
 * two streams alternate in batches of one.
 *
 * Prompts are read between these batches, one run at a time: the runtime would cut a batch of both into parts of equal
 * length, and how a prompt is computed would depend on which other answers happen to run.
 *
 * It knows nothing of tokens, text or llama.cpp.
 */

export interface ScheduledRun {
  /** Prompt tokens not yet evaluated; 0 once it is decoding. */
  readonly promptTokensLeft: number;
  /**
   * Evaluates one token, or at most `promptTokens` tokens of the prompt.
   * @returns false when the run has ended (finished, aborted or failed); it must not reject
   */
  step(promptTokens: number): Promise<boolean>;
}

/** Prompts are read in chunks of about this long, so that other answers continue meanwhile and an abort is quick. */
const chunkMilliseconds = 200;
/** Shorter ones say nothing of the speed. */
const smallestMeasure = 16;

export class BatchScheduler {
  readonly #runs = new Set<ScheduledRun>();
  readonly #largestChunk: number;
  readonly #block: number;
  #running = false;
  /** Which of the runs that read a prompt is the next one. */
  #turn = 0;
  /** Prompt tokens a second, measured; the first guess is a slow laptop's. */
  #promptSpeed = 200;
  #steps = 0;
  #runSteps = 0;

  /**
   * @param largestChunk the most prompt tokens that fit in one batch
   * @param block chunks are multiples of it
   */
  constructor(largestChunk: number, block = 16) {
    this.#largestChunk = largestChunk;
    this.#block = block;
  }

  get runs(): number {
    return this.#runs.size;
  }

  /** How many runs took part in the steps so far: `runSteps / steps` is the mean batch size. */
  get counters(): { readonly steps: number; readonly runSteps: number } {
    return { steps: this.#steps, runSteps: this.#runSteps };
  }

  /** The run takes part from the next step on, until its step() answers false. */
  join(run: ScheduledRun): void {
    this.#runs.add(run);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#runs.size > 0) await this.#step();
    } finally {
      this.#running = false;
    }
  }

  async #step(): Promise<void> {
    const runs = [...this.#runs];
    const reading = runs.filter((run) => run.promptTokensLeft > 0);
    const decoding = runs.filter((run) => run.promptTokensLeft === 0);
    const continues = await Promise.all(decoding.map((run) => run.step(0)));
    for (const [index, run] of decoding.entries()) if (!continues[index]) this.#runs.delete(run);
    const reader = reading[this.#turn++ % reading.length];
    if (reader !== undefined) await this.#read(reader);
    this.#steps += 1;
    this.#runSteps += decoding.length + (reader === undefined ? 0 : 1);
  }

  async #read(run: ScheduledRun): Promise<void> {
    const before = run.promptTokensLeft;
    const startedAt = performance.now();
    if (!(await run.step(this.#chunk()))) this.#runs.delete(run);
    this.#measure(before - run.promptTokensLeft, performance.now() - startedAt);
  }

  #chunk(): number {
    const inTime = Math.min(this.#largestChunk, (this.#promptSpeed * chunkMilliseconds) / 1000);
    return Math.max(1, Math.floor(inTime / this.#block)) * this.#block;
  }

  #measure(promptTokens: number, milliseconds: number): void {
    if (promptTokens < smallestMeasure || milliseconds <= 0) return;
    const speed = (promptTokens * 1000) / milliseconds;
    this.#promptSpeed = 0.7 * this.#promptSpeed + 0.3 * speed;
  }
}
