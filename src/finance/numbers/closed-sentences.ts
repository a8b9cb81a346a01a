/**
 * What was said of the closed sentences of a text that is still being written. No later text changes it, so a growing text costs
 * the classification of its last sentence, however long it is.
 */
import type { Figure } from "./classified-figure.ts";

/** Of one text, in which the same sources prove figures. */
export class ClosedSentences {
  private text = "";
  private readonly known = new Map<number, readonly Figure[]>();

  /** @param text when it does not continue the one before, what is known of that is dropped */
  continueWith(text: string): void {
    if (!text.startsWith(this.text)) this.known.clear();
    this.text = text;
  }

  /** @param start the offset of its first figure @returns undefined while the sentence is open */
  figuresFrom(start: number): readonly Figure[] | undefined {
    return this.known.get(start);
  }

  /** @param figures of one sentence, at least one; kept when nothing can change them any more */
  keep(figures: readonly Figure[]): void {
    const [first] = figures;
    if (first !== undefined && figures.every(({ pending }) => !pending)) this.known.set(first.start, figures);
  }
}
