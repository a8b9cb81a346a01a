/** Computes a fact again, and says what has changed since. */
import { AppError } from "../../errors.ts";
import { inLanguage, type Language, languages, say, type Words } from "../../texts/say.ts";
import { calculatorNamed } from "../calculators/calculators.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { compute } from "./compute.ts";
import type { Fact, FactInput } from "./fact.ts";

export interface Verification {
  /** Whether it is the same fact: formula, inputs and value. */
  readonly equal: boolean;
  /** The value that is computed now; null: it cannot be computed, or is undefined. */
  readonly value: string | null;
  /** Sentences: "Formula: version 1, now 2." Empty when equal. */
  readonly changed: readonly string[];
}

/** @param language of the sentences */
export function verifyFact(fact: Fact, instruments: Instruments, language: Language = "en"): Verification {
  const told = (value: string | null, ...changed: readonly Words[]): Verification => ({
    equal: changed.length === 0,
    value,
    changed: changed.map((words) => inLanguage(words, language)),
  });
  const calculator = calculatorNamed(fact.formula.id);
  if (calculator === undefined)
    return told(null, say`There is no calculator "${{ verbatim: fact.formula.id }}" any more.`);
  try {
    const { facts } = compute(calculator, fact.formula.parameters, instruments, language);
    const again = facts.find(({ name }) => name === fact.name);
    if (again === undefined)
      return told(null, say`The calculator gives no "${{ verbatim: fact.name }}" any more.`);
    return told(again.value, ...differences(fact, again));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return told(null, say`It cannot be computed any more: ${error.words}`);
  }
}

/** The fact with the words that this program says, in the language in which it was stored; null: it is not equal. */
export function inOwnWords(fact: Fact, instruments: Instruments): Fact | null {
  const again = languages.map((language) => computedAgain(fact, instruments, language));
  return again.find((each) => each?.formula.words === fact.formula.words) ?? again[0] ?? null;
}

/** The fact as somebody reads it. Words prove nothing: where it is not equal any more, it keeps those that it was stored with. */
export const factIn = (fact: Fact, instruments: Instruments, language: Language): Fact =>
  computedAgain(fact, instruments, language) ?? fact;

/** @returns null: formula, inputs or value have changed since */
function computedAgain(fact: Fact, instruments: Instruments, language: Language): Fact | null {
  const calculator = calculatorNamed(fact.formula.id);
  if (calculator === undefined) return null;
  try {
    const { facts } = compute(calculator, fact.formula.parameters, instruments, language);
    const again = facts.find(({ name }) => name === fact.name);
    return again === undefined || differences(fact, again).length > 0 ? null : again;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return null;
  }
}

function differences(before: Fact, now: Fact): Words[] {
  const changed: Words[] = [];
  const compare = (what: Words, old: Words | null, current: Words | null) => {
    if (plain(old) !== plain(current))
      changed.push(say`${what}: ${old ?? say`none`}, now ${current ?? say`none`}.`);
  };
  const asItIs = (text: string | null | undefined) =>
    text === null || text === undefined ? null : { verbatim: text };
  compare(say`Formula`, say`version ${before.formula.version}`, say`version ${now.formula.version}`);
  const current = new Map(now.inputs.map((input) => [input.name, input]));
  for (const input of before.inputs) {
    compare(wordsFor(input), asItIs(input.value), asItIs(current.get(input.name)?.value));
    current.delete(input.name);
  }
  for (const input of current.values()) compare(wordsFor(input), null, asItIs(input.value));
  compare(say`Value`, asItIs(before.value), asItIs(now.value));
  compare(say`Unit`, asItIs(before.unit), asItIs(now.unit));
  if (changed.length === 0) compare(say`Fact`, asItIs(before.id), asItIs(now.id));
  if (changed.length === 0)
    compare(say`Hash of the inputs`, asItIs(before.inputsHash), asItIs(now.inputsHash));
  return changed;
}

const plain = (words: Words | null) => (words === null ? null : inLanguage(words, "en"));

/** The title of a specification says where it comes from, at length. */
const wordsFor = ({ name, title, from }: FactInput): Words =>
  from === "data" ? { verbatim: title.split(":")[0] ?? name } : title;
