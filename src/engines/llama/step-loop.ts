/**
 * Continuous batching in lock-step. In every step each lane (one answer on one sequence) evaluates either
 * its next token or a chunk of its prompt; all of them are queued in the same turn of the event loop, so
 * the runtime decodes them as one full batch. The next step begins when all have sampled. Left to run
 * freely, the runtime looks at its queue before the sequence it has just served has queued again, and two
 * streams alternate in batches of one.
 *
 * It knows nothing of tokens, text or llama.cpp.
 */

export interface Lane {
  /** Prompt tokens not yet evaluated; 0 once it is decoding. */
  readonly promptTokensLeft: number;
  /**
   * Evaluates one token, or at most `promptTokens` tokens of the prompt.
   * @returns false when the lane has ended (finished, aborted or failed); it must not reject
   */
  step(promptTokens: number): Promise<boolean>;
}

/** Prompts are read in chunks of about this long, so that other answers go on meanwhile and an abort is quick. */
const chunkMilliseconds = 200;
const smallestChunk = 16;

export class StepLoop {
  readonly #lanes = new Set<Lane>();
  readonly #largestChunk: number;
  #running = false;
  /** Prompt tokens a second, measured; the first guess is a slow laptop's. */
  #promptSpeed = 200;
  #steps = 0;
  #laneSteps = 0;

  /** @param largestChunk the most prompt tokens that fit in one batch beside the decoding lanes */
  constructor(largestChunk: number) {
    this.#largestChunk = largestChunk;
  }

  get lanes(): number {
    return this.#lanes.size;
  }

  /** How many lanes took part in the steps so far: `laneSteps / steps` is the mean batch size. */
  get counters(): { readonly steps: number; readonly laneSteps: number } {
    return { steps: this.#steps, laneSteps: this.#laneSteps };
  }

  /** The lane takes part from the next step on, until its step() answers false. */
  join(lane: Lane): void {
    this.#lanes.add(lane);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#lanes.size > 0) await this.#step();
    } finally {
      this.#running = false;
    }
  }

  async #step(): Promise<void> {
    const lanes = [...this.#lanes];
    const reading = lanes.filter((lane) => lane.promptTokensLeft > 0);
    const chunk = this.#chunkFor(reading.length);
    const promptTokens = reading.reduce((sum, lane) => sum + Math.min(lane.promptTokensLeft, chunk), 0);
    const startedAt = performance.now();
    const goOn = await Promise.all(lanes.map((lane) => lane.step(chunk)));
    this.#measure(promptTokens, performance.now() - startedAt);
    this.#steps += 1;
    this.#laneSteps += lanes.length;
    for (const [index, lane] of lanes.entries()) if (!goOn[index]) this.#lanes.delete(lane);
  }

  #chunkFor(readingLanes: number): number {
    if (readingLanes === 0) return 0;
    const inTime = (this.#promptSpeed * chunkMilliseconds) / 1000;
    const total = Math.min(this.#largestChunk, Math.max(smallestChunk, Math.floor(inTime)));
    return Math.max(1, Math.floor(total / readingLanes));
  }

  #measure(promptTokens: number, milliseconds: number): void {
    if (promptTokens < smallestChunk || milliseconds <= 0) return;
    const speed = (promptTokens * 1000) / milliseconds;
    this.#promptSpeed = 0.7 * this.#promptSpeed + 0.3 * speed;
  }
}
