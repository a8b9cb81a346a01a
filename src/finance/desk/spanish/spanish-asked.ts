/** How Spanish words for a calculator are written down: lists with commas, and what it takes of the calculator's own slots. */
import type { Asked } from "../../calculators/calculator.ts";

/** Of one calculator, in its own slots. */
export interface SpanishAsked {
  readonly phrases: readonly string[];
  readonly unless?: readonly string[];
  readonly cues: Readonly<Record<string, readonly string[]>>;
  readonly choices?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly examples: Asked["examples"];
}

/** "tamaño de la posición, cuántos lotes": each also without accents, as many people type it; ñ stays. */
export const list = (words: string): readonly string[] => [
  ...new Set(
    words
      .split(",")
      .map((phrase) => phrase.trim().replaceAll(/\s+/g, " "))
      .flatMap((phrase) => [phrase, withoutAccents(phrase)]),
  ),
];

const accents: Readonly<Record<string, string>> = { á: "a", é: "e", í: "i", ó: "o", ú: "u" };
const withoutAccents = (text: string) => text.replaceAll(/[áéíóú]/g, (letter) => accents[letter] ?? letter);
