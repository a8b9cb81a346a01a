/**
 * A log file that is renamed when it grows too large, and its last lines in memory. It knows nothing of the meaning of the
 * lines. A full disk never stops the logged process.
 */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

export interface RotatingLogOptions {
  /** Bytes after which the file becomes NAME.1, NAME.1 becomes NAME.2, and so on. */
  readonly maximumBytes: number;
  /** The number of old files to keep. */
  readonly keep: number;
  /** The number of lines in memory. */
  readonly tailLines: number;
}

const defaults: RotatingLogOptions = { maximumBytes: 10 * 1024 * 1024, keep: 3, tailLines: 200 };
/** Longer lines are split, so that a child that never ends a line cannot fill the memory. */
const longestLine = 16 * 1024;

export class RotatingLog implements Disposable {
  readonly #options: RotatingLogOptions;
  #file: number | null = null;
  #size = 0;
  #tail: string[] = [];

  constructor(
    readonly path: string,
    options: Partial<RotatingLogOptions> = {},
  ) {
    this.#options = { ...defaults, ...options };
  }

  /** Reads a child's output to its end, line by line; the last line needs no line end. */
  async follow(stream: ReadableStream<Uint8Array>, onLine: (line: string) => void = () => {}): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    const reader = stream.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      // Progress bars return to the beginning of their line instead of ending it.
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split(/\r?\n|\r/);
      rest = lines.pop() ?? "";
      if (rest.length > longestLine) {
        lines.push(rest);
        rest = "";
      }
      this.#append(lines);
      for (const line of lines) onLine(line);
    }
    if (rest === "") return;
    this.#append([rest]);
    onLine(rest);
  }

  /** The last lines, oldest first. */
  tail(lines = this.#options.tailLines): readonly string[] {
    return this.#tail.slice(-lines);
  }

  [Symbol.dispose](): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#tail = [...this.#tail, ...lines].slice(-this.#options.tailLines);
    const bytes = Buffer.from(`${lines.join("\n")}\n`);
    try {
      if (this.#size + bytes.length > this.#options.maximumBytes && this.#size > 0) this.#rotate();
      this.#file ??= this.#open();
      this.#size += writeSync(this.#file, bytes);
    } catch {
      // A full or read-only disk: the lines stay in memory, and the next write tries again.
      this[Symbol.dispose]();
    }
  }

  #open(): number {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = openSync(this.path, "a", 0o600);
    this.#size = fstatSync(file).size;
    return file;
  }

  #rotate(): void {
    this[Symbol.dispose]();
    for (let age = this.#options.keep - 1; age >= 0; age--) {
      const older = age === 0 ? this.path : `${this.path}.${age}`;
      try {
        renameSync(older, `${this.path}.${age + 1}`);
      } catch {
        // No file of this age exists yet.
      }
    }
    this.#size = 0;
  }
}
