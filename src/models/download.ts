/** The common part of all kinds of download. */
export interface DownloadProgress {
  readonly step: "downloading" | "unpacking" | "verifying";
  readonly doneBytes: number;
  /** null while the total is unknown. */
  readonly totalBytes: number | null;
}

/** The environment variables that child processes inherit. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type OnProgress = (progress: DownloadProgress) => void;

/** Aborts after some time without data: a firewall that drops packets would otherwise cause an endless wait. */
export class StallTimer implements Disposable {
  readonly #controller = new AbortController();
  readonly #patienceMs: number;
  #timer: ReturnType<typeof setTimeout>;
  #seen = -1;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
    this.#timer = this.#arm();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Reports the bytes so far. */
  progress(bytes: number): void {
    if (bytes === this.#seen) return;
    this.#seen = bytes;
    clearTimeout(this.#timer);
    this.#timer = this.#arm();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #arm(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), this.#patienceMs);
  }
}
