/**
 * Shows progress on a terminal as a bar on one line, and elsewhere (a log, a pipe) as a plain line at every tenth. It knows
 * nothing of the work.
 */
interface LineOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export class ProgressLine {
  #label = "";
  #lastTenth = -1;
  #lastDrawn = 0;
  #open = false;

  constructor(private readonly output: LineOutput) {}

  /**
   * @param label the present work; another label begins another line
   * @param total null while it is unknown
   */
  show(label: string, done: number, total: number | null): void {
    if (label !== this.#label) this.#begin(label);
    if (total === null || total === 0) return;
    const share = Math.min(1, done / total);
    if (this.output.isTTY) this.#draw(share, done, total);
    else this.#report(share, total);
  }

  /** Ends the present line, so that other text may follow. */
  end(): void {
    if (this.#open) this.output.write("\n");
    this.#open = false;
    this.#label = "";
  }

  #begin(label: string): void {
    this.end();
    this.#label = label;
    this.#lastTenth = -1;
    this.#lastDrawn = 0;
    if (!this.output.isTTY) this.output.write(`${label}\n`);
  }

  #draw(share: number, done: number, total: number): void {
    const now = performance.now();
    if (now - this.#lastDrawn < 80 && share < 1) return;
    this.#lastDrawn = now;
    const width = 30;
    const filled = Math.round(share * width);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    this.output.write(
      `\r\u001b[K${this.#label} ${bar} ${percent} %  ${megabytes(done)} of ${megabytes(total)} MB`,
    );
    this.#open = true;
  }

  #report(share: number, total: number): void {
    const tenth = Math.floor(share * 10);
    if (tenth === this.#lastTenth) return;
    this.#lastTenth = tenth;
    this.output.write(`  ${tenth * 10} % of ${megabytes(total)} MB\n`);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
