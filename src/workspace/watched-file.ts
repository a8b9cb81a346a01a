/** The whole lines of a file that another program may be writing. It follows no link, and knows nothing of what the lines say. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";

export interface WholeLines {
  readonly bytes: Uint8Array;
  /** Whether a line without an end follows. */
  readonly isOpen: boolean;
  readonly hash: string;
  /** Without the last line. */
  readonly beginningSize: number;
  readonly beginningHash: string;
}

/** @returns null: it is no plain file any more, or larger than this */
export async function readWholeLines(path: string, largest: number): Promise<WholeLines | null> {
  // A link that takes the file's place is refused, and a pipe is not waited for.
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const stat = await file.stat();
  if (!stat.isFile() || stat.size > largest) return null;
  const whole = new Uint8Array(await file.readFile());
  const end = endOfLines(whole, whole.length);
  const bytes = whole.subarray(0, end);
  const beginning = bytes.subarray(0, endOfLines(bytes, Math.max(0, end - 2)));
  return {
    ...{ bytes, isOpen: end < whole.length, hash: hashOf(bytes) },
    ...{ beginningSize: beginning.length, beginningHash: hashOf(beginning) },
  };
}

/** Behind the last end of a line before a place; in UTF-16 a line's end has two bytes. */
function endOfLines(bytes: Uint8Array, before: number): number {
  if (before <= 0) return 0;
  const at = bytes.lastIndexOf(10, before - 1);
  if (at < 0) return 0;
  return at % 2 === 0 && bytes[at + 1] === 0 ? at + 2 : at + 1;
}

export const hashOf = (bytes: Uint8Array): string =>
  new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
