/** The schedule of a loan, to the cent: each month bears rounded interest, and the last payment takes what is left. */
import { smallestRate } from "./deposits.ts";
import { Exact } from "./exact.ts";
import type { Money } from "./money.ts";

/** Nobody repays for longer. */
export const longestLoan = 1200;

export interface LoanTerms {
  readonly amount: Exact;
  /** Of a month, as a share. */
  readonly rate: Exact;
  /** Of a month, to the cent. */
  readonly payment: Exact;
  /** On top of each payment. */
  readonly extraMonthly: Exact;
  /** On top of each twelfth payment. */
  readonly extraYearly: Exact;
  /** The last payment, which takes the rest; without it the loan runs until it is repaid. */
  readonly last?: number;
}

export interface LoanRow {
  readonly month: number;
  /** Interest and repayment, extras included. */
  readonly payment: Exact;
  readonly interest: Exact;
  readonly balance: Exact;
}

/** The payment that repays 1 in so many months. @param rate of a month, as a share */
export function annuity(rate: Exact, months: number): Exact {
  if (rate.lt(smallestRate)) return new Exact(1).div(months);
  return rate.div(new Exact(1).minus(rate.plus(1).pow(-months)));
}

/** @returns the rows until the balance is zero, or until `longestLoan` */
export function amortise(terms: LoanTerms, money: Money): readonly LoanRow[] {
  const { amount, rate, payment, extraMonthly, extraYearly, last = longestLoan } = terms;
  const rows: LoanRow[] = [];
  let balance = amount;
  for (let month = 1; balance.gt(0) && month <= last; month++) {
    const interest = money.round(balance.times(rate));
    const owed = balance.plus(interest);
    const regular = payment.plus(extraMonthly).plus(month % 12 === 0 ? extraYearly : 0);
    const isLast = regular.gte(owed) || (terms.last !== undefined && month === last);
    const paid = isLast ? owed : regular;
    balance = owed.minus(paid);
    rows.push({ month, payment: paid, interest, balance });
  }
  return rows;
}

/** Sums over rows. */
export const interestOf = (rows: readonly LoanRow[]): Exact =>
  rows.reduce((sum, { interest }) => sum.plus(interest), new Exact(0));
