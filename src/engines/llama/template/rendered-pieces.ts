/**
 * Keeps what people and programs wrote apart from what a template writes: a mark in a question must stay text. A template gets
 * stand-ins for the texts, and what it makes of them is cut at these. It knows nothing of templates.
 */

/** A part of a prompt. */
export interface PromptPiece {
  readonly text: string;
  /** The template's own text, in which marks are tokens; otherwise nothing in it is. */
  readonly isTemplate: boolean;
}

/** Of Unicode's private use. The tabulator between them shows whether a template wrote the text as JSON. */
const [begin, end] = ["\uE0F0", "\uE0F1"];
const standIn = /\uE0F0(\d+)(?:\t|(\\+)t)\uE0F1/g;

export class StandIns {
  readonly #texts: string[] = [];

  /** @returns what the template gets; blanks at the ends stay outside, because templates cut them off */
  of(text: string): string {
    const core = text.trim();
    if (core === "") return text;
    const from = text.indexOf(core);
    this.#texts.push(core);
    return `${text.slice(0, from)}${begin}${this.#texts.length - 1}\t${end}${text.slice(from + core.length)}`;
  }

  /** @throws RangeError when the template has dropped or changed one */
  piecesOf(rendered: string): readonly PromptPiece[] {
    const pieces: PromptPiece[] = [];
    const seen = new Set<number>();
    let from = 0;
    for (const match of rendered.matchAll(standIn)) {
      pieces.push({ text: rendered.slice(from, match.index), isTemplate: true });
      const [, index, backslashes = ""] = match;
      seen.add(Number(index));
      pieces.push({
        text: asJson(this.#texts[Number(index)] ?? "", timesOf(backslashes.length)),
        isTemplate: false,
      });
      from = match.index + match[0].length;
    }
    pieces.push({ text: rendered.slice(from), isTemplate: true });
    if (seen.size < this.#texts.length)
      throw new RangeError("The template leaves out a part of the conversation.");
    return pieces.filter(({ text }) => text !== "");
  }
}

/** One backslash before the t: it was written as JSON once; twice: two, and so on. */
const timesOf = (backslashes: number) => (backslashes === 0 ? 0 : Math.round(Math.log2(backslashes)) + 1);

function asJson(text: string, times: number): string {
  return times <= 0 ? text : asJson(JSON.stringify(text).slice(1, -1), times - 1);
}
