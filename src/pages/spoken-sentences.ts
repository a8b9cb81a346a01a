/**
 * What a growing answer says to who hears the page: its finished sentences, each once, in pieces of bounded length and without
 * Markdown's signs. What is finished follows from the text alone, so a reader that comes back hears what is new. It knows nothing
 * of pages.
 */
import { tr } from "../texts/reader-language.ts";

/** In characters; a longer sentence is cut at a blank. */
const longestPiece = 300;

/** Cells, code and formulas are no sentences: such a block is said when it is finished. */
const isNoProse = (block: string) => /^\s*(?:\||`{3}|~{3}|\$\$|\\\[)/.test(block);

/** The length of the finished sentences at the beginning of an open block; it never shrinks while the block grows. */
export function lengthOfSentences(block: string): number {
  if (isNoProse(block)) return 0;
  let length = 0;
  // The number of a list's item is no sentence.
  for (const { index, 0: end } of block.matchAll(/(?<!(?:^|\n)\s*\d+)[.!?…]["'”’»)*_]*(?=\s)|[。！？]/g))
    length = index + end.length;
  return length;
}

export class SpokenSentences {
  /** What nobody has heard. */
  #rest: string;
  /** Where that begins in the answer. */
  #at: number;

  /** @param open the block that the reader has the beginning of, at this place of the answer */
  constructor(at: number, open: string) {
    const said = lengthOfSentences(open);
    this.#at = at + said;
    this.#rest = open.slice(said);
  }

  /**
   * @param text what follows the text so far
   * @param at where the open block begins now
   * @param open as much as there is of it
   */
  next(text: string, at: number, open: string): readonly string[] {
    this.#rest += text;
    const length = Math.max(0, at + lengthOfSentences(open) - this.#at);
    const finished = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    this.#at += length;
    return piecesOf(finished);
  }

  /** The answer has ended: so has its last sentence. */
  end(): readonly string[] {
    const pieces = piecesOf(this.#rest);
    this.#at += this.#rest.length;
    this.#rest = "";
    return pieces;
  }
}

function piecesOf(markdown: string): readonly string[] {
  const words = withoutSigns(markdown).split(/\s+/).filter(Boolean);
  const pieces: string[] = [];
  let piece = "";
  for (const word of words) {
    if (piece !== "" && piece.length + word.length >= longestPiece) {
      pieces.push(piece);
      piece = "";
    }
    piece += piece === "" ? word : ` ${word}`;
  }
  return piece === "" ? pieces : [...pieces, piece];
}

/** Markdown as it would be read aloud. Whatever the text is, each of these takes time in proportion to its length. */
const withoutSigns = (markdown: string) =>
  markdown
    .replace(
      /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)(?:^[ \t]*\1[ \t]*$|$(?![\s\S]))/gm,
      () => `${tr`Code.`}\n`,
    )
    .replace(/\$\$[\s\S]*?\$\$|\\\[[\s\S]{0,1000}?\\\]/g, () => tr`A formula.`)
    .replace(/^[ \t:|-]+$/gm, (line) => (line.includes("--") ? "" : line))
    .replace(
      /^[ \t]*\|.*$/gm,
      (row) =>
        `${row
          .split("|")
          .map((cell) => cell.trim())
          .filter(Boolean)
          .join(", ")}.`,
    )
    .replace(/^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)/gm, "")
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,2000}\)/g, "$1")
    .replace(/\[\^[^[\]]{0,100}\]:?/g, "")
    .replace(/\*\*|__|~~|`/g, "")
    .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=[\s).,;:!?]|$)/gm, "$1");
