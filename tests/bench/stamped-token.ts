/**
 * Tokens whose text is the moment at which they were written, so that whoever reads them, in whichever process,
 * knows how long they were under way. The text needs no escape in JSON, and is written in letters: an answer of nothing but numbers
 * would measure how figures are looked up.
 */

/** Milliseconds since 1970 with microseconds, on a clock that does not jump while the process runs. */
export const wallClock = () => performance.timeOrigin + performance.now();

/** a to j for the digits, k for the point. */
export const stampOf = (moment: number) =>
  `@${moment.toFixed(3).replaceAll(/[\d.]/g, (sign) => (sign === "." ? "k" : String.fromCharCode(sign.charCodeAt(0) + 49)))};`;

export const stampNow = () => stampOf(wallClock());

const momentOf = (letters: string) =>
  Number(
    letters.replaceAll(/[a-k]/g, (sign) =>
      sign === "k" ? "." : String.fromCharCode(sign.charCodeAt(0) - 49),
    ),
  );

const stamp = /@([a-j]+k[a-j]{3});/g;
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
      stamps.push(momentOf(match[1] ?? ""));
      end = match.index + match[0].length;
    }
    this.#rest = text.slice(Math.max(end, text.length - stampLength));
    return stamps;
  }
}
