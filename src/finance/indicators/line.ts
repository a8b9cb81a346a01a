/** One line of an indicator. */
import type { Line } from "./indicator.ts";

/** @param settledFrom by the parameters; fewer bars have no settled value */
export const line = (
  name: string,
  label: string,
  unit: string | null,
  values: Float64Array,
  settledFrom: number,
): Line => ({ name, label, unit, values, settledFrom: Math.min(settledFrom, values.length) });
