/**
 * How long to wait before a crashed process is started again, and when to give up. Pure bookkeeping: it
 * knows no clock and no process.
 */
export interface BackoffOptions {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A process that was ready this long before it crashed starts with a clean slate. */
  readonly healthyAfterMs: number;
  /** This many crashes in a row are a crash loop. */
  readonly giveUpAfter: number;
  /** A process that has never been ready is given up after this many tries: whoever starts it waits for them. */
  readonly giveUpUnreadyAfter: number;
}

export class RestartBackoff {
  #crashes = 0;
  #everReady = false;

  constructor(private readonly options: BackoffOptions) {}

  /**
   * Counts a crash.
   * @param readyForMs how long the process had been ready; 0 when it never was
   * @returns milliseconds to wait before the next start (each twice the one before, up to the longest), or null: give up
   */
  afterCrash(readyForMs: number): number | null {
    if (readyForMs >= this.options.healthyAfterMs) this.#crashes = 0;
    this.#crashes++;
    this.#everReady ||= readyForMs > 0;
    const { giveUpAfter, giveUpUnreadyAfter } = this.options;
    if (this.#crashes >= (this.#everReady ? giveUpAfter : Math.min(giveUpAfter, giveUpUnreadyAfter)))
      return null;
    return Math.min(this.options.longestDelayMs, this.options.firstDelayMs * 2 ** (this.#crashes - 1));
  }
}
