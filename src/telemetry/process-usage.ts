/** The resources that this process uses, and the delay of its event loop. */
import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds between two watched timers. */
const sampleMs = 250;
/** The number of timers in a minute. */
const kept = 240;

interface LoopLag {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

export class ProcessUsage implements Disposable {
  readonly #lags: number[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  #due = performance.now() + sampleMs;

  constructor() {
    this.#timer = setInterval(() => this.#look(), sampleMs);
    this.#timer.unref();
  }

  /** The delays of timers in the last minute, in seconds; null before the first was due. */
  get loopLag(): LoopLag | null {
    const lags = this.#lags.toSorted((one, other) => one - other);
    const at = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))];
    const [median, p99, most] = [at(0.5), at(0.99), at(1)];
    return median === undefined || p99 === undefined || most === undefined ? null : { median, p99, most };
  }

  get cpuSeconds(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }

  get heapBytes(): number {
    return process.memoryUsage().heapUsed;
  }

  /** null where the system does not report it: only Linux has a folder for it. */
  get openDescriptors(): number | null {
    try {
      return readdirSync("/proc/self/fd").length;
    } catch {
      return null;
    }
  }

  /** The limit of open files; null where the system does not report it. */
  get mostDescriptors(): number | null {
    try {
      const limits = readFileSync("/proc/self/limits", "utf8");
      const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
      return soft === undefined ? null : Number(soft);
    } catch {
      return null;
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    this.#lags.push(Math.max(0, now - this.#due) / 1000);
    if (this.#lags.length > kept) this.#lags.shift();
    this.#due = now + sampleMs;
  }
}
