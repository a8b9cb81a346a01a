/** Returns from close to close. */
import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Bars } from "../data/bars.ts";

/**
 * close ÷ close before − 1, one fewer than closes.
 * @throws InvalidRequestError for prices that have none
 */
export function simpleReturns(close: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, close.length - 1));
  const [first = 1] = close;
  let before = positive(first);
  for (let index = 1; index < close.length; index++) {
    const price = positive(close[index] ?? Number.NaN);
    returns[index - 1] = price / before - 1;
    before = price;
  }
  return returns;
}

/** ln(close ÷ close before). @throws InvalidRequestError for prices that have none */
export const logReturns = (close: Float64Array) => simpleReturns(close).map(Math.log1p);

function positive(price: number): number {
  if (price > 0) return price;
  refuse("dataset", say`There are prices at or below zero: they have no returns. Choose another span.`);
}

/** @throws InvalidRequestError for fewer bars than that */
export function needBars(count: number, needed: number): void {
  if (count >= needed) return;
  if (count === 1) refuse("dataset", say`There is 1 bar in this span; at least ${needed} are needed.`);
  else refuse("dataset", say`There are ${count} bars in this span; at least ${needed} are needed.`);
}

/** Of closes alone nobody knows what was touched. @throws InvalidRequestError for bars without open, high and low */
export function needRangeOf({ open, high, low }: Bars, param = "dataset"): void {
  if ([open, high, low].some((column) => column.some(Number.isNaN)))
    refuse(
      param,
      say`This needs the range of each bar, and some bars have no open, high and low: none is made up.`,
    );
}
