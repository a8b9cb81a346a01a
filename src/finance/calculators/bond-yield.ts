/** Price, duration and convexity of a bond from its yield, and the yield from the price. Binary floating point. */

export interface BondTerms {
  /** Of one period, for a face value of 100. */
  readonly coupon: number;
  readonly perYear: number;
  /** Still to come. */
  readonly coupons: number;
  /** The part of the running period that has passed. */
  readonly passed: number;
}

interface BondValue {
  /** With accrued interest. */
  readonly price: number;
  /** Macaulay's, in years. */
  readonly duration: number;
  /** In years squared. */
  readonly convexity: number;
}

/** @param yearly the yield as a share, compounded with each coupon */
export function bondValue({ coupon, perYear, coupons, passed }: BondTerms, yearly: number): BondValue {
  const growth = 1 + yearly / perYear;
  let [price, weighted, squared] = [0, 0, 0];
  for (let k = 1; k <= coupons; k++) {
    const periods = k - passed;
    const present = (coupon + (k === coupons ? 100 : 0)) / growth ** periods;
    price += present;
    weighted += present * periods;
    squared += present * periods * (periods + 1);
  }
  return {
    price,
    duration: weighted / price / perYear,
    convexity: squared / price / (perYear * growth) ** 2,
  };
}

/** A yield below it is a slip; it is a share. */
export const lowestYield = -0.5;

/** Halving, because the price falls with it. null: no yield from −50 % to 1,000 %. */
export function yieldOf(terms: BondTerms, price: number): number | null {
  let [low, high] = [lowestYield, 10];
  if (bondValue(terms, low).price < price || bondValue(terms, high).price > price) return null;
  for (let turn = 0; turn < 200; turn++) {
    const middle = (low + high) / 2;
    if (bondValue(terms, middle).price > price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
