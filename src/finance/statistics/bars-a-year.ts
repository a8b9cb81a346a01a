/** How many bars a year has: what makes a figure of one bar a figure of a year. */
import { say, type Words } from "../../texts/say.ts";
import { count, optional } from "../calculators/input-fields.ts";
import type { Bars } from "../data/bars.ts";

const year = 365.2425 * 86_400_000;
/** A shorter span has too few weekends and holidays to stand for a year. */
const shortest = 30 * 86_400_000;

export const barsAYearField = () =>
  optional(
    count({
      title: "Bars a year",
      description: "Empty: as observed in the data.",
      minimum: 1,
      maximum: 600_000,
      examples: [252],
    }),
  );

interface BarsAYear {
  readonly value: number;
  readonly assumptions: readonly Words[];
  readonly warnings: readonly Words[];
}

/** @param stated by the user; undefined: bars after the first ÷ years between the first and the last */
export function barsAYear({ time }: Bars, stated: number | undefined): BarsAYear {
  if (stated !== undefined) return { value: stated, assumptions: [], warnings: [] };
  const [first = 0] = time;
  const span = (time.at(-1) ?? 0) - first;
  const value = (time.length - 1) / (span / year);
  return {
    value,
    assumptions: [say`Bars a year: ${value.toFixed(1)}, as observed in ${time.length} bars of this span`],
    warnings:
      span < shortest ? [say`The span is shorter than 30 days: a figure for a year says little.`] : [],
  };
}
