/**
 * The yearly rates at which dated payments are worth nothing together: Σ amount ÷ (1 + r)^(days ÷ 365) = 0. The bracket is
 * cut into cells; a cell whose ends have other signs holds a rate, and one that holds an extremum beyond zero holds two. Each
 * is closed in by Newton's steps and halving. It is statistics: binary floating point, good to 12 digits.
 */
import type { DatedFlow } from "./dated-flows.ts";

export const lowestRate = -0.999999;
export const highestRate = 1e6;
const cells = 200;

interface Curve {
  readonly value: number;
  readonly slope: number;
  readonly bend: number;
}
/** Over x = ln(1 + r). */
type Worth = (x: number) => Curve;

/** @returns the rates as shares, ascending */
export function internalRates(flows: readonly DatedFlow[]): readonly number[] {
  const first = flows[0]?.day ?? 0;
  const points = flows.map(({ day, amount }) => ({ years: (day - first) / 365, amount: amount.toNumber() }));
  const span = points.at(-1)?.years ?? 0;
  if (span === 0) return [];
  // A factor that all payments have in common keeps every power at most 1, so that nothing overflows.
  const below = worthOf(points.map(({ years, amount }) => ({ amount, exponent: span - years })));
  const above = worthOf(points.map(({ years, amount }) => ({ amount, exponent: -years })));
  const zeros = [
    ...zerosOf(below, Math.log1p(lowestRate), 0),
    ...(below(0).value === 0 ? [0] : []),
    ...zerosOf(above, 0, Math.log1p(highestRate)),
  ];
  return zeros.map((x) => Math.expm1(x));
}

const worthOf =
  (points: readonly { readonly amount: number; readonly exponent: number }[]): Worth =>
  (x) => {
    let [value, slope, bend] = [0, 0, 0];
    for (const { amount, exponent } of points) {
      const term = amount * Math.exp(x * exponent);
      value += term;
      slope += term * exponent;
      bend += term * exponent * exponent;
    }
    return { value, slope, bend };
  };

/** Between the ends, which are left out. */
function zerosOf(worth: Worth, from: number, to: number): number[] {
  const ends = Array.from({ length: cells + 1 }, (_, k) => from + ((to - from) * k) / cells);
  const value: Worth = worth;
  const slope: Worth = (x) => {
    const at = worth(x);
    return { value: at.slope, slope: at.bend, bend: 0 };
  };
  return ends.slice(1).flatMap((right, k) => {
    const left = ends[k] ?? from;
    const turning = isCrossed(slope, left, right) ? closeIn(slope, left, right) : null;
    const parts =
      turning === null
        ? [[left, right] as const]
        : ([
            [left, turning],
            [turning, right],
          ] as const);
    const crossed = parts.filter(([a, b]) => isCrossed(value, a, b)).map(([a, b]) => closeIn(value, a, b));
    const isEnd = right !== to && worth(right).value === 0;
    return isEnd ? [...crossed, right] : crossed;
  });
}

const isCrossed = (curve: Worth, left: number, right: number): boolean =>
  Math.sign(curve(left).value) * Math.sign(curve(right).value) < 0;

/** Newton's step where it stays between the ends, else the middle. */
function closeIn(curve: Worth, left: number, right: number): number {
  const sign = Math.sign(curve(left).value);
  let [low, high] = [left, right];
  let x = (low + high) / 2;
  for (let turn = 0; turn < 200; turn++) {
    const { value, slope } = curve(x);
    if (value === 0) return x;
    if (Math.sign(value) === sign) low = x;
    else high = x;
    const newton = x - value / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) < 1e-15 * Math.max(1, Math.abs(x))) return next;
    x = next;
  }
  return x;
}
