/** A calculator's words, indexed once. */
import type { Asked, Calculator, Slot } from "../calculators/calculator.ts";
import { Lexicon } from "./lexicon.ts";
import { phraseWords } from "./question-words.ts";

export interface PreparedCalculator {
  readonly calculator: Calculator;
  readonly slots: readonly (readonly [name: string, slot: Slot])[];
  /** The words that stand beside an input; the value is the input's name. */
  readonly cues: Lexicon<string>;
  /** Phrases of other calculations. */
  readonly unless: Lexicon<true>;
  readonly choices: Lexicon<{ readonly slot: string; readonly value: string }>;
  /** Its title's words, lower case, with a space between. */
  readonly title: string;
  /** Every word of its phrases, cues and choices. */
  readonly vocabulary: ReadonlySet<string>;
  /** Inputs without a default. */
  readonly required: readonly string[];
}

/** @param asked how people ask for it, in one language or more */
export function prepare(calculator: Calculator, asked: Asked): PreparedCalculator {
  const { inputs } = calculator;
  const slots = Object.entries(asked.slots);
  const cues = slots.flatMap(([name, slot]) => slot.cues.map((cue) => [cue, name] as const));
  const choices = slots.flatMap(([slot, { choices = {} }]) =>
    Object.entries(choices).flatMap(([value, words]) =>
      words.map((word) => [word, { slot, value }] as const),
    ),
  );
  const all = [...asked.phrases, ...cues.map(([cue]) => cue), ...choices.map(([word]) => word)];
  return {
    ...{ calculator, slots, title: phraseWords(calculator.title).join(" ") },
    cues: new Lexicon(cues),
    unless: new Lexicon((asked.unless ?? []).map((phrase) => [phrase, true] as const)),
    choices: new Lexicon(choices),
    vocabulary: new Set(all.flatMap(phraseWords)),
    required: (inputs.required ?? []).filter((name) => inputs.properties[name]?.default === undefined),
  };
}
