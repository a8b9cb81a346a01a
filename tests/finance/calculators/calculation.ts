/** Runs a calculator as the API does, and reads its results. */
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Calculation, Result } from "../../../src/finance/calculators/calculator.ts";
import { calculatorNamed } from "../../../src/finance/calculators/calculators.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";

export function calculate(name: string, inputs: object): Calculation {
  const calculator = calculatorNamed(name);
  if (calculator === undefined) throw new Error(`There is no calculator ${name}.`);
  return compute(calculator, inputs, builtInInstruments).calculation;
}

export function resultOf(name: string, inputs: object, result: string): Result {
  const found = calculate(name, inputs).results.find((each) => each.name === result);
  if (found === undefined) throw new Error(`${name} gives no ${result}.`);
  return found;
}

export const shownValue = (name: string, inputs: object, result: string): string | null =>
  resultOf(name, inputs, result).value;

/** What a refusal names, and its sentence. */
export function refusalOf(
  name: string,
  inputs: object,
): { readonly param: unknown; readonly message: string } {
  try {
    calculate(name, inputs);
  } catch (error) {
    if (error instanceof InvalidRequestError) return { param: error.facts.param, message: error.message };
    throw error;
  }
  throw new Error("It was not refused.");
}
