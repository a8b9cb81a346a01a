/**
 * Turns token ids into text of whole characters. A token may end inside a character (byte-level BPE): it is
 * buffered until the next ones complete it. It knows nothing of stop strings.
 */

/** Renders ids as text; `before` are the tokens just before them, which decide about leading spaces. */
type Detokenize = (ids: readonly number[], before: readonly number[]) => string;

export interface DecodedText {
  readonly text: string;
  readonly ids: readonly number[];
}

/** UTF-8 characters have at most four bytes, and a token at least one: more buffered tokens mean a real U+FFFD. */
const mostTokensInACharacter = 4;
const replacementCharacter = "\uFFFD";

/** How many earlier tokens the tokenizer needs to see to decide about spaces. */
const lookBehind = 4;

export class TokenText {
  readonly #detokenize: Detokenize;
  #before: number[];
  #buffer: number[] = [];

  /** @param before the tokens that precede the answer */
  constructor(detokenize: Detokenize, before: readonly number[] = []) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-lookBehind);
  }

  /** @returns the text that is complete now, with the ids it is made of; null while a character is unfinished */
  push(id: number): DecodedText | null {
    this.#buffer.push(id);
    const text = this.#detokenize(this.#buffer, this.#before);
    if (text.endsWith(replacementCharacter) && this.#buffer.length < mostTokensInACharacter) return null;
    return this.#release(text);
  }

  /** The buffered rest, when the answer has ended inside a character. */
  flush(): DecodedText | null {
    if (this.#buffer.length === 0) return null;
    return this.#release(this.#detokenize(this.#buffer, this.#before));
  }

  #release(text: string): DecodedText {
    const ids = this.#buffer;
    this.#before = [...this.#before, ...ids].slice(-lookBehind);
    this.#buffer = [];
    return { text, ids };
  }
}
