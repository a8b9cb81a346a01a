/**
 * Continuous batching in lock-step. In every step each run (one answer on one sequence) evaluates either
 * its next token or a chunk of its prompt; all of them are queued in the same turn of the event loop, so
 * the runtime decodes them as one full batch. The next step begins when all have sampled. Left to run
 * freely, the runtime looks at its queue before the sequence it has just served has queued again, and two
 * streams alternate in batches of one.
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

/** Prompts are read in chunks of about this long, so that other answers go on meanwhile and an abort is quick. */
const chunkMilliseconds = 200;
const smallestChunk = 16;

export class BatchScheduler {
  readonly #runs = new Set<ScheduledRun>();
  readonly #largestChunk: number;
  #running = false;
  /** Prompt tokens a second, measured; the first guess is a slow laptop's. */
  #promptSpeed = 200;
  #steps = 0;
  #runSteps = 0;

  /** @param largestChunk the most prompt tokens that fit in one batch beside the decoding runs */
  constructor(largestChunk: number) {
    this.#largestChunk = largestChunk;
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
    const chunk = this.#chunkFor(reading.length);
    const promptTokens = reading.reduce((sum, run) => sum + Math.min(run.promptTokensLeft, chunk), 0);
    const startedAt = performance.now();
    const goOn = await Promise.all(runs.map((run) => run.step(chunk)));
    this.#measure(promptTokens, performance.now() - startedAt);
    this.#steps += 1;
    this.#runSteps += runs.length;
    for (const [index, run] of runs.entries()) if (!goOn[index]) this.#runs.delete(run);
  }

  #chunkFor(readingRuns: number): number {
    if (readingRuns === 0) return 0;
    const inTime = (this.#promptSpeed * chunkMilliseconds) / 1000;
    const total = Math.min(this.#largestChunk, Math.max(smallestChunk, Math.floor(inTime)));
    return Math.max(1, Math.floor(total / readingRuns));
  }

  #measure(promptTokens: number, milliseconds: number): void {
    if (promptTokens < smallestChunk || milliseconds <= 0) return;
    const speed = (promptTokens * 1000) / milliseconds;
    this.#promptSpeed = 0.7 * this.#promptSpeed + 0.3 * speed;
  }
}
