/** Follows a file line by line, also when a new file replaces it (rotation). */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { failedWith } from "./process-errors.ts";

export class FileTail implements Disposable {
  #file: number | null = null;
  #rest = "";
  /** Keeps the first bytes of an incomplete character. */
  #decoder = new TextDecoder();

  private constructor(
    private readonly path: string,
    private position: number,
  ) {}

  /** Reads only what is written from now on. */
  static fromEnd(path: string): FileTail {
    return new FileTail(path, statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }

  /** Reads at most the last `count` lines, then what is added. */
  static lastLines(path: string, count: number): FileTail {
    const tail = new FileTail(path, Math.max(0, FileTail.fromEnd(path).position - count * 2_000));
    const lines = tail.lines();
    tail.#rest = [...lines.slice(-count), tail.#rest].join("\n");
    return tail;
  }

  /** The complete lines since the last call. */
  lines(): string[] {
    const text = this.#rest + this.#read();
    const lines = text.split("\n");
    this.#rest = lines.pop() ?? "";
    return lines;
  }

  [Symbol.dispose](): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #read(): string {
    this.#file ??= this.#open();
    if (this.#file === null) return "";
    const pieces: Buffer[] = [];
    const piece = Buffer.alloc(64 * 1024);
    for (let count = readSync(this.#file, piece, 0, piece.length, this.position); count > 0; ) {
      pieces.push(Buffer.from(piece.subarray(0, count)));
      this.position += count;
      count = readSync(this.#file, piece, 0, piece.length, this.position);
    }
    const text = this.#decoder.decode(Buffer.concat(pieces), { stream: true });
    this.#reopenIfReplaced(this.#file);
    return text;
  }

  #open(): number | null {
    try {
      return openSync(this.path, "r");
    } catch (cause) {
      if (failedWith(cause, "ENOENT")) return null;
      throw cause;
    }
  }

  #reopenIfReplaced(file: number): void {
    const named = statSync(this.path, { throwIfNoEntry: false });
    if (named === undefined || named.ino === fstatSync(file).ino) return;
    this[Symbol.dispose]();
    this.#decoder = new TextDecoder();
    this.position = 0;
  }
}
