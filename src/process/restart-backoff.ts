/**
 * How long to wait before a crashed process is restarted, and when to give up. Pure bookkeeping: it knows no clock and no
 * process.
 */
export interface BackoffOptions {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A process that was ready for this long before a crash starts with no crashes counted. */
  readonly healthyAfterMs: number;
  /** This many crashes in a row are a crash loop. */
  readonly giveUpAfter: number;
  /** The number of tries for a process that was never ready: its caller waits for them. */
  readonly giveUpUnreadyAfter: number;
}

export class RestartBackoff {
  #crashes = 0;
  #everReady = false;

  constructor(private readonly options: BackoffOptions) {}

  /**
   * Counts a crash.
   * @param readyForMs the time for which the process was ready; 0 when it never was
   * @returns milliseconds until the next start (each twice the one before, up to the longest), or null: give up
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
