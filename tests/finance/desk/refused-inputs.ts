/** Every refusal that the inputs of a calculator's examples and vectors can be bent into. */
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Calculator } from "../../../src/finance/calculators/calculator.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";

type Given = Readonly<Record<string, unknown>>;

/** Texts and numbers that are wrong in some input. */
const wrong = [0, -1, 1e-9, 0.333, 7, 150, 999_999, 1e11, 1e13, "x", "ZZZ", "EUR", "EURUSD", "2024-02-30"];

/** @returns each refusal once, with the inputs that gave it */
export function refusalsOf(calculator: Calculator): readonly { inputs: Given; error: InvalidRequestError }[] {
  const found = new Map<string, { inputs: Given; error: InvalidRequestError }>();
  const bent = calculator.asked.examples.flatMap(({ inputs }) => [
    ...Object.keys(inputs).map((name) =>
      Object.fromEntries(Object.entries(inputs).filter(([each]) => each !== name)),
    ),
    ...Object.keys(calculator.inputs.properties).flatMap((name) =>
      [...wrong, ...Object.values(inputs)].map((value) => ({ ...inputs, [name]: value })),
    ),
  ]);
  for (const inputs of bent)
    try {
      compute(calculator, inputs, builtInInstruments);
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      const key = error.message.replaceAll(/\d+/g, "#");
      if (!found.has(key)) found.set(key, { inputs, error });
    }
  return [...found.values()];
}
