/** Levels of price: their decimals, and what they are of. */

import type { Decimal } from "decimal.js";
import { say, type Words } from "../../texts/say.ts";
import type { CalculationContext, Result } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure, undefinedFigure } from "./figure.ts";
import { optional, positive, symbol } from "./input-fields.ts";
import { instrumentNamed, instrumentSlot, priceUnit } from "./traded-instrument.ts";

export const levelSymbolField = optional(
  symbol({ title: "Instrument", description: "It decides the unit of the levels.", examples: ["EURUSD"] }),
);
export const levelSymbolSlot = instrumentSlot;

export const priceField = (title: string, example: number) =>
  positive({ title, unit: "price", maximum: 1e9, examples: [example] });

type LevelOf = (name: string, label: Words, value: Decimal, steps: Words) => Result;

/** One decimal more than the prices have, between 2 and 8. */
export function levelsOf(
  prices: readonly number[],
  name: string | undefined,
  context: CalculationContext,
): LevelOf {
  const instrument = name === undefined ? null : instrumentNamed(name, undefined, context);
  const unit = instrument === null ? null : priceUnit(instrument);
  const subject = instrument?.symbol ?? null;
  const most = Math.max(...prices.map((price) => new Exact(price).decimalPlaces()));
  const decimals = Math.min(Math.max(most + 1, 2), 8);
  return (levelName, label, value, steps) =>
    value.lte(0)
      ? undefinedFigure(
          levelName,
          label,
          unit,
          steps,
          say`The level is not above zero: no price is there.`,
          subject,
        )
      : figure(levelName, label, value, { unit, subject, decimals, steps });
}
