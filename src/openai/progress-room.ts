/**
 * Room in a stream for what is told while the prompt is read: its length is fixed, so that what is told, which no log has, moves no
 * byte of what follows. What is left over is filled with a comment, which clients pass over.
 */
import type { Progress } from "../generations/generation-update.ts";

/** Twenty chunks and more. */
const length = 8192;
/** The shortest comment. */
const shortest = ":\n".length;
/** Chunks are this share of the prompt apart, so that the last ones have room, too. */
const apart = 0.05;

export class ProgressRoom {
  #left: number;
  #told = Number.NEGATIVE_INFINITY;

  /** @param isWanted false: nothing is told, and there is no room for it */
  constructor(isWanted: boolean) {
    this.#left = isWanted ? length : 0;
  }

  /** @returns whether the frame has room, which it then takes */
  take(frame: string, progress: Progress): boolean {
    const share = "progress" in progress ? (progress.progress ?? 0) : 0;
    const bytes = Buffer.byteLength(frame);
    if (bytes > this.#left - shortest || share < this.#told + apart) return false;
    this.#told = share;
    this.#left -= bytes;
    return true;
  }

  /** What fills it; '' when it is full. */
  rest(): string {
    const left = this.#left;
    this.#left = 0;
    return left === 0 ? "" : `:${" ".repeat(left - shortest)}\n`;
  }
}
