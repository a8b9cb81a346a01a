/** The size of a setup: what the calculator of position sizes says of its entry and its stop. It reads nothing from a question. */
import { AppError } from "../../errors.ts";
import { inLanguage, type Language, say } from "../../texts/say.ts";
import { positionSize } from "../calculators/position-size.ts";
import { readInputs } from "../calculators/read-inputs.ts";
import { compute } from "../facts/compute.ts";
import type { Instruments } from "../instruments/instrument.ts";
import type { SeriesFound } from "./series-card.ts";
import { asText } from "./shown-figure.ts";

interface Size {
  /** null: it cannot be computed, and a note says why. */
  readonly found: SeriesFound | null;
  readonly notes: readonly string[];
}

/** @param account balance, currency and risk, as the question states them @param setup its figures */
export function sizeOf(
  account: Readonly<Record<string, string | number>>,
  [setup]: readonly SeriesFound[],
  instruments: Instruments,
  language: Language,
): Size | null {
  const value = (name: string) => setup?.facts.find((fact) => fact.name === name)?.value ?? null;
  const [entry, stop] = [value("entry"), value("stop")];
  const symbol = setup?.facts[0]?.subject;
  if (setup === undefined || entry === null || stop === null || symbol == null) return null;
  try {
    const stated = { ...account, symbol, entry, stopPrice: stop };
    const computed = compute(
      positionSize,
      readInputs(positionSize, stated, instruments),
      instruments,
      language,
    );
    const { facts, calculation } = computed;
    return {
      found: { ...setup, facts, warnings: calculation.warnings, isOfCalculator: true },
      notes: calculation.assumptions,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = { verbatim: asText(inLanguage(error.words, language)) };
    return { found: null, notes: [inLanguage(say`The size is not computed: ${reason}`, language)] };
  }
}
