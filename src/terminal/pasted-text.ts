/**
 * Lets several lines be pasted as one question. A terminal that is asked to (bracketed paste) marks what is pasted; line
 * ends in it become a sign that can be edited like any other, until the question is sent.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (Bracketed Paste Mode)
 */
import { plainText } from "../cli/plain-text.ts";

export const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" } as const;

/** Stands for a line's end while one edits. */
const lineEndSign = "⏎";
const begin = "\u001b[200~";
const end = "\u001b[201~";

export const withLineEnds = (edited: string): string => edited.replaceAll(lineEndSign, "\n");
export const onOneLine = (text: string): string => plainText(text).replaceAll("\n", lineEndSign);

/** Takes keys as the terminal sends them, cut anywhere. */
export class PastedText {
  #isPasting = false;
  #rest = "";

  /** @returns what is to be edited */
  take(keys: string): string {
    let text = this.#rest + keys;
    let edited = "";
    for (;;) {
      const mark = this.#isPasting ? end : begin;
      const at = text.indexOf(mark);
      if (at < 0) break;
      edited += this.#edited(text.slice(0, at));
      text = text.slice(at + mark.length);
      this.#isPasting = !this.#isPasting;
    }
    const held = this.#heldBack(text);
    this.#rest = text.slice(text.length - held);
    return edited + this.#edited(text.slice(0, text.length - held));
  }

  #edited(text: string): string {
    if (!this.#isPasting) return text;
    return onOneLine(text.replaceAll(/\r\n?/g, "\n").replaceAll("\t", "  "));
  }

  /** How much of the end may be the beginning of a mark. A lone ESC outside of a paste is a key. */
  #heldBack(text: string): number {
    const mark = this.#isPasting ? end : begin;
    for (let length = mark.length - 1; length >= (this.#isPasting ? 1 : 2); length--)
      if (text.endsWith(mark.slice(0, length))) return length;
    return 0;
  }
}
