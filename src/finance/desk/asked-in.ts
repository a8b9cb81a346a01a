/**
 * How people ask for a calculation, by the language of their question. The calculators themselves know English and German;
 * Spanish has tables of its own, so that its words are heard in Spanish questions alone.
 */
import type { Language } from "../../texts/say.ts";
import type { Asked, Calculator } from "../calculators/calculator.ts";
import { languageOf } from "./number-readings.ts";
import { wordsOf } from "./question-words.ts";
import { spanishInvesting } from "./spanish/investing.ts";
import { spanishMoney } from "./spanish/money.ts";
import { spanishTrading } from "./spanish/trading.ts";

const spanish = { ...spanishTrading, ...spanishMoney, ...spanishInvesting };

/** @returns null: nobody has written down how they ask for it in this language */
export function askedIn({ name, asked }: Calculator, language: Language): Asked | null {
  if (language !== "es") return asked;
  const words = spanish[name];
  if (words === undefined) return null;
  const { phrases, unless = [], cues, choices = {}, examples } = words;
  const slots = Object.entries(asked.slots).map(([slot, { choices: _, ...each }]) => {
    const chosen = choices[slot];
    return [slot, { ...each, cues: cues[slot] ?? [], ...(chosen === undefined ? {} : { choices: chosen }) }];
  });
  return { phrases, unless, examples, slots: Object.fromEntries(slots) };
}

/** Questions to try, in the reader's language; English ones where there are none. */
export function examplesIn(calculator: Calculator, language: Language): Asked["examples"] {
  const asked = askedIn(calculator, language);
  const own = (asked ?? calculator.asked).examples.filter(
    ({ question }) => languageOf(wordsOf(question, [])) === language,
  );
  return own.length === 0 ? calculator.asked.examples : own;
}
