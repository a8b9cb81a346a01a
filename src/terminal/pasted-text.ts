/**
 * Lets several lines be pasted as one question. With bracketed paste a terminal marks pasted text; line ends in it become a
 * character that can be edited like any other, until the question is sent.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (Bracketed Paste Mode)
 */
import { plainText } from "../cli/plain-text.ts";

export const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" } as const;

/** Stands for a line end in the editor. */
const lineEndSign = "⏎";
const begin = "\u001b[200~";
const end = "\u001b[201~";

export const withLineEnds = (edited: string): string => edited.replaceAll(lineEndSign, "\n");
export const onOneLine = (text: string): string => plainText(text).replaceAll("\n", lineEndSign);

/** Takes keys as the terminal sends them, split anywhere. */
export class PastedText {
  #isPasting = false;
  #rest = "";

  /** @returns the text for the editor */
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
    const pending = this.#pendingLength(text);
    this.#rest = text.slice(text.length - pending);
    return edited + this.#edited(text.slice(0, text.length - pending));
  }

  #edited(text: string): string {
    if (!this.#isPasting) return text;
    return onOneLine(text.replaceAll(/\r\n?/g, "\n").replaceAll("\t", "  "));
  }

  /** The length of the end that may be the beginning of a mark. A lone ESC outside of a paste is a key. */
  #pendingLength(text: string): number {
    const mark = this.#isPasting ? end : begin;
    for (let length = mark.length - 1; length >= (this.#isPasting ? 1 : 2); length--)
      if (text.endsWith(mark.slice(0, length))) return length;
    return 0;
  }
}
