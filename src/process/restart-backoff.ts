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
}

export class RestartBackoff {
  #crashes = 0;

  constructor(private readonly options: BackoffOptions) {}

  /**
   * Counts a crash.
   * @param readyForMs how long the process had been ready; 0 when it never was
   * @returns milliseconds to wait before the next start (each twice the one before, up to the longest), or null: give up
   */
  afterCrash(readyForMs: number): number | null {
    if (readyForMs >= this.options.healthyAfterMs) this.#crashes = 0;
    this.#crashes++;
    if (this.#crashes >= this.options.giveUpAfter) return null;
    return Math.min(this.options.longestDelayMs, this.options.firstDelayMs * 2 ** (this.#crashes - 1));
  }
}
