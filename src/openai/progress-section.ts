/**
 * The section of a stream with the progress of the prompt. Progress is not logged, so the section has a fixed length and is padded
 * with a comment, which clients ignore: the byte offsets of all that follows stay the same.
 */
import type { Progress } from "../generations/generation-update.ts";

/** In bytes: more than twenty chunks. */
const length = 8192;
/** The shortest comment. */
const shortest = ":\n".length;
/** The least share of the prompt between two chunks, so that the last ones fit, too. */
const apart = 0.05;

export class ProgressSection {
  #left: number;
  #told = Number.NEGATIVE_INFINITY;

  /** @param isWanted false: no progress is sent, and the section is empty */
  constructor(isWanted: boolean) {
    this.#left = isWanted ? length : 0;
  }

  /** @returns whether the frame fits; it then counts as sent */
  take(frame: string, progress: Progress): boolean {
    const share = "progress" in progress ? (progress.progress ?? 0) : 0;
    const bytes = Buffer.byteLength(frame);
    if (bytes > this.#left - shortest || share < this.#told + apart) return false;
    this.#told = share;
    this.#left -= bytes;
    return true;
  }

  /** The padding; '' when there is none left to send. */
  rest(): string {
    const left = this.#left;
    this.#left = 0;
    return left === 0 ? "" : `:${" ".repeat(left - shortest)}\n`;
  }
}
