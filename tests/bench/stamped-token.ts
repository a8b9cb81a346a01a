/**
 * Tokens whose text is the moment at which they were written, so that whoever reads them, in whichever process,
 * knows how long they were under way. The text needs no escape in JSON.
 */

/** Milliseconds since 1970 with microseconds, on a clock that does not jump while the process runs. */
export const wallClock = () => performance.timeOrigin + performance.now();

export const stampNow = () => `@${wallClock().toFixed(3)};`;

const stamp = /@(\d+\.\d{3});/g;
/** The length of a stamp before the year 2286. */
const stampLength = 19;

/** Finds the stamps in a text that comes in pieces, wherever it is cut. */
export class StampReader {
  #rest = "";

  /** @returns when the tokens in the next piece were written, in order */
  read(piece: string): number[] {
    const text = this.#rest + piece;
    const stamps: number[] = [];
    let end = 0;
    for (const match of text.matchAll(stamp)) {
      stamps.push(Number(match[1]));
      end = match.index + match[0].length;
    }
    this.#rest = text.slice(Math.max(end, text.length - stampLength));
    return stamps;
  }
}
