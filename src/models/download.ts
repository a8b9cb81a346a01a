/** What every way of fetching a model has in common. */
export interface DownloadProgress {
  readonly step: "downloading" | "unpacking" | "verifying";
  readonly doneBytes: number;
  /** null while nobody has said how much it will be. */
  readonly totalBytes: number | null;
}

/** The variables that programs started here inherit. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type OnProgress = (progress: DownloadProgress) => void;

/** Aborts when nothing has come for a while: a firewall that drops packets would otherwise be waited for without end. */
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

  /** Tells it how much has come so far. */
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
