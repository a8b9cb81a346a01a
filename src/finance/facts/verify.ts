/** Computes a fact again, and says what has changed since. */
import { AppError } from "../../errors.ts";
import type { Language } from "../../texts/say.ts";
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

export function verifyFact(fact: Fact, instruments: Instruments): Verification {
  const calculator = calculatorNamed(fact.formula.id);
  if (calculator === undefined)
    return { equal: false, value: null, changed: [`There is no calculator "${fact.formula.id}" any more.`] };
  try {
    const { facts } = compute(calculator, fact.formula.parameters, instruments);
    const again = facts.find(({ name }) => name === fact.name);
    if (again === undefined)
      return { equal: false, value: null, changed: [`The calculator gives no "${fact.name}" any more.`] };
    const changed = differences(fact, again);
    return { equal: changed.length === 0, value: again.value, changed };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { equal: false, value: null, changed: [`It cannot be computed any more: ${error.message}`] };
  }
}

/** The fact with the words that this program says, in its own language; null: it is not equal. */
export function inOwnWords(fact: Fact, instruments: Instruments): Fact | null {
  const calculator = calculatorNamed(fact.formula.id);
  if (calculator === undefined || !verifyFact(fact, instruments).equal) return null;
  const again = (language: Language) =>
    compute(calculator, fact.formula.parameters, instruments, language).facts.find(
      ({ name }) => name === fact.name,
    );
  const german = again("de");
  return german?.formula.words === fact.formula.words ? german : (again("en") ?? null);
}

function differences(before: Fact, now: Fact): string[] {
  const changed: string[] = [];
  const compare = (what: string, old: string | null, current: string | null) => {
    if (old !== current) changed.push(`${what}: ${old ?? "none"}, now ${current ?? "none"}.`);
  };
  compare("Formula", `version ${before.formula.version}`, `version ${now.formula.version}`);
  const current = new Map(now.inputs.map((input) => [input.name, input]));
  for (const input of before.inputs) {
    compare(wordsFor(input), input.value, current.get(input.name)?.value ?? null);
    current.delete(input.name);
  }
  for (const input of current.values()) compare(wordsFor(input), null, input.value);
  compare("Value", before.value, now.value);
  compare("Unit", before.unit, now.unit);
  if (changed.length === 0) compare("Fact", before.id, now.id);
  if (changed.length === 0) compare("Hash of the inputs", before.inputsHash, now.inputsHash);
  return changed;
}

/** The title of a specification says where it comes from, at length. */
const wordsFor = ({ name, title, from }: FactInput): string =>
  from === "data" ? (title.split(":")[0] ?? name) : title;
