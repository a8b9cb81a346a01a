/**
 * How much of a question's terms a text holds, or words that stand for them. A rare term weighs more. Memories and passages are
 * weighed alike. Pure: which text holds what is looked up elsewhere.
 */

export interface WeighedTerm<Text> {
  /** 0: it is passed over. */
  readonly weight: number;
  /** The texts that hold the term itself. */
  readonly literal: ReadonlySet<Text>;
  /** Those that hold it, or a word that stands for it. */
  readonly similar: ReadonlySet<Text>;
}

/** Among few texts no word is much rarer than another. */
const fewTexts = 20;
/** A word that stands for a term is worth less than the term. */
const synonymShare = 0.8;

/** @param holding how many of all texts hold it */
export const weightOf = (all: number, holding: number): number =>
  Math.max(0, Math.log((all + fewTexts) / (holding + 0.5)));

/** @returns 0 to 1 */
export function coverageOf<Text>(terms: readonly WeighedTerm<Text>[], text: Text): number {
  let [total, matched] = [0, 0];
  for (const { weight, literal, similar } of terms) {
    total += weight;
    matched += weight * (literal.has(text) ? 1 : similar.has(text) ? synonymShare : 0);
  }
  return total === 0 ? 0 : matched / total;
}
