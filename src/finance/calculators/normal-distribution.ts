/**
 * The standard normal distribution. Hart's rational approximation (1968) as West gives it, good to 14 digits.
 * Graeme West: Better approximations to cumulative normal functions, Wilmott (2005).
 */

const over = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const under = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The probability of a value up to x. */
export function normalProbability(x: number): number {
  const distance = Math.abs(x);
  const tail = distance > 37 ? 0 : Math.exp((-distance * distance) / 2) * ratioOf(distance);
  return x > 0 ? 1 - tail : tail;
}

/** The tail's probability over e^(−x² ÷ 2). */
function ratioOf(x: number): number {
  if (x < 7.07106781186547) return polynomial(over, x) / polynomial(under, x);
  const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
  return 1 / (fraction * Math.sqrt(2 * Math.PI));
}
