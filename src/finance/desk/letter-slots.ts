/**
 * Letter slots: a model that can write no digit writes [[A]] where a figure belongs, and the reader gets the fact's value.
 * It knows nothing of engines and of storage.
 */
import type { Fact } from "../facts/fact.ts";
import { withUnit } from "./shown-figure.ts";

type SlotFact = Pick<Fact, "label" | "value" | "unit" | "subject">;

/** A piece of text with the ids of its tokens. */
interface Piece {
  readonly text: string;
  readonly ids: readonly number[];
}

/** As many characters may stand between the brackets of a slot. */
const slot = /\[\[([^[\]\n]{0,40})\]\]/g;
/** A slot that has begun at the end of a text. */
const unfinished = /\[(?:\[[^[\]\n]{0,40}\]?)?$/;

/** A, B … Z, AA, AB … */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** What the model is told of the slots; it stands at the end of the system prompt. */
export const slotInstructions = (facts: readonly SlotFact[]): string =>
  [
    "The figures of this question have been computed, and the user sees them already. You cannot write digits. Where a figure belongs, write its slot, and nothing else for it:",
    ...facts.map(
      ({ label, subject }, index) =>
        `[[${letterOf(index)}]] ${label}${subject === null ? "" : ` (${subject})`}`,
    ),
    "Each slot is replaced by its value and unit. Write no number in words. Explain the result shortly.",
  ].join("\n");

/** Fills the slots of a text that comes in pieces. However it is cut, what comes out is the same text. */
export class LetterSlots<T extends Piece> {
  readonly #values: ReadonlyMap<string, string>;
  #held: T[] = [];

  constructor(facts: readonly SlotFact[]) {
    this.#values = new Map(
      facts.map(({ value, unit }, index) => [
        letterOf(index),
        value === null ? "undefined" : withUnit(value, unit, "en"),
      ]),
    );
  }

  /** @returns what may be shown: pieces as they came, or one with filled slots, which has no token ids */
  push(piece: T): readonly (T | Piece)[] {
    this.#held.push(piece);
    const text = this.#held.map((each) => each.text).join("");
    return unfinished.test(text) ? [] : this.end();
  }

  /** Nothing follows: what was held back is shown as it is. */
  end(): readonly (T | Piece)[] {
    const pieces = this.#held;
    this.#held = [];
    const text = pieces.map((each) => each.text).join("");
    const filled = text.replaceAll(
      slot,
      (_, letter: string) => this.#values.get(letter.trim().toUpperCase()) ?? "(no such fact)",
    );
    return filled === text ? pieces : [{ text: filled, ids: [] }];
  }

  /** What was held back is written again: the model is asked anew from the text before it. */
  reset(): void {
    this.#held = [];
  }
}
