/**
 * Separates a model's reasoning from its answer: a reasoning model writes its thoughts first, between two marks such as `<think>` and
 * `</think>`. Text that may be the beginning of a marker is buffered until it is clear. The data of a piece of text travels
 * with it, unless a marker cuts the piece. It knows nothing of tokens.
 */

import { type ThoughtForm, usualThought } from "./template/thought-form.ts";

export interface ThoughtPiece<Carried> {
  readonly text: string;
  readonly reasoning: boolean;
  /** null for a part of a piece. */
  readonly carried: Carried | null;
}

interface Buffered<Carried> {
  readonly text: string;
  readonly carried: Carried;
}

export class ThoughtSplit<Carried> {
  /** beginning: nothing but blanks so far, or a part of the first marker. */
  #state: "beginning" | "thinking" | "after thinking" | "speaking";
  #buffer: Buffered<Carried>[] = [];
  /** Text before the buffered pieces; it carries nothing, because a marker was cut off it. */
  #remainder = "";

  readonly #form: ThoughtForm;

  /** @param isThinking the first piece continues a thought */
  constructor({
    isThinking,
    form = usualThought,
  }: { readonly isThinking: boolean; readonly form?: ThoughtForm }) {
    this.#state = isThinking ? "thinking" : "beginning";
    this.#form = form;
  }

  push(piece: Buffered<Carried>): readonly ThoughtPiece<Carried>[] {
    if (this.#state === "speaking") return [{ ...piece, reasoning: false }];
    this.#buffer.push(piece);
    return this.#sort();
  }

  /** The buffered text when the answer ends. */
  flush(): readonly ThoughtPiece<Carried>[] {
    const reasoning = this.#state === "thinking";
    const rest = this.#take().map((piece) => ({ ...piece, reasoning }));
    return this.#state === "after thinking" ? [] : rest;
  }

  #sort(): readonly ThoughtPiece<Carried>[] {
    switch (this.#state) {
      case "beginning": {
        const { open, answer } = this.#form;
        const begun = this.#text().trimStart();
        if (open.startsWith(begun) || isBegun(answer, begun)) return [];
        if (!begun.startsWith(open)) return this.#answer();
        this.#state = "thinking";
        this.#cut(begun.slice(open.length));
        return this.#sort();
      }
      case "thinking": {
        const text = this.#text();
        const { close } = this.#form;
        const end = text.indexOf(close);
        if (end < 0) return this.#release(text.length - beginningOf(close, text));
        const thought = text.slice(0, end);
        this.#state = "after thinking";
        this.#cut(text.slice(end + close.length));
        const last = thought === "" ? [] : [{ text: thought, reasoning: true, carried: null }];
        return [...last, ...this.#sort()];
      }
      // The blank lines between a thought and the answer belong to neither.
      case "after thinking": {
        const { turn, answer } = this.#form;
        const said = this.#text().trimStart();
        if (said === "" || isBegun(turn + answer, said)) return [];
        this.#cut(said.startsWith(turn) ? said.slice(turn.length) : said);
        return this.#answer();
      }
      case "speaking":
        return this.#speak();
      default:
        return this.#state satisfies never;
    }
  }

  /** Without the mark that some put before an answer. */
  #answer(): readonly ThoughtPiece<Carried>[] {
    const { answer } = this.#form;
    const said = this.#text().trimStart();
    if (answer !== "" && said.startsWith(answer)) this.#cut(said.slice(answer.length));
    return this.#speak();
  }

  #speak(): readonly ThoughtPiece<Carried>[] {
    this.#state = "speaking";
    return this.#take().map((piece) => ({ ...piece, reasoning: false }));
  }

  /** Thoughts that lie wholly before `length`. */
  #release(length: number): ThoughtPiece<Carried>[] {
    const released: ThoughtPiece<Carried>[] = [];
    let end = this.#remainder.length;
    if (end > length) return released;
    if (end > 0) released.push({ text: this.#remainder, reasoning: true, carried: null });
    this.#remainder = "";
    const buffered = this.#buffer;
    for (const [index, piece] of buffered.entries()) {
      end += piece.text.length;
      if (end > length) break;
      released.push({ ...piece, reasoning: true });
      this.#buffer = buffered.slice(index + 1);
    }
    return released;
  }

  /** Keeps only the end of the buffer; a piece that is cut loses its data. */
  #cut(rest: string): void {
    const kept: Buffered<Carried>[] = [];
    let missing = rest.length;
    for (const piece of this.#buffer.toReversed()) {
      if (missing < piece.text.length) break;
      missing -= piece.text.length;
      kept.unshift(piece);
    }
    this.#remainder = rest.slice(0, missing);
    this.#buffer = kept;
  }

  #text(): string {
    return this.#remainder + this.#buffer.map(({ text }) => text).join("");
  }

  #take(): { readonly text: string; readonly carried: Carried | null }[] {
    const taken = [
      ...(this.#remainder === "" ? [] : [{ text: this.#remainder, carried: null }]),
      ...this.#buffer,
    ];
    this.#remainder = "";
    this.#buffer = [];
    return taken;
  }
}

/** Whether a text may become the marker. */
const isBegun = (marker: string, text: string) => marker.length > text.length && marker.startsWith(text);

/** The length of the longest end of `text` that begins the marker. */
function beginningOf(marker: string, text: string): number {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length--)
    if (text.endsWith(marker.slice(0, length))) return length;
  return 0;
}
