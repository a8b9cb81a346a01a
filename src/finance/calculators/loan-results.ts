/** What a loan's schedule says: how long it takes, what it costs, and what extra payments save. */
import { say, type Words } from "../../texts/say.ts";
import { amortise, interestOf, type LoanRow, type LoanTerms, longestLoan } from "./amortisation.ts";
import type { Result, ResultTable } from "./calculator.ts";
import { rateText } from "./deposits.ts";
import { Exact, fixed } from "./exact.ts";
import type { Money } from "./money.ts";

type Rows = readonly LoanRow[];

/** How the yearly rate was read. @param monthly as a share */
export const monthlyReading = (rate: number, monthly: Exact): Words =>
  say`${rate} % a year is read as a nominal rate: ${rateText(monthly)} a month. Payments are made at the end of each month.`;

/** Of a loan with a term. */
export function annuitySteps({ amount, rate, last }: LoanTerms): string {
  const i = rateText(rate);
  return rate.isZero() ? `${amount} ÷ ${last}` : `${amount} × ${i} ÷ (1 − (1 + ${i})^−${last})`;
}

/** The number of payments, and the term in years. */
export function durationResults(terms: LoanTerms, rows: Rows, money: Money): readonly [Result, Result] {
  const steps = say`months until ${terms.amount} at ${rateText(terms.rate)} a month is repaid with ${money.text(terms.payment)} a month`;
  const years = fixed(new Exact(rows.length).div(12), 2);
  return [
    unlessEndless(rows, { ...counted("payments", say`Payments`, rows.length), steps }),
    unlessEndless(rows, {
      name: "term",
      label: say`Term`,
      value: years,
      unit: "years",
      subject: null,
      steps: `${rows.length} ÷ 12`,
    }),
  ];
}

export function sumResults(terms: LoanTerms, rows: Rows, money: Money): readonly Result[] {
  const interest = interestOf(rows);
  const last = rows.at(-1)?.payment ?? new Exact(0);
  return [
    money.result(
      "total-interest",
      say`Interest in all`,
      interest,
      say`sum of ${rows.length} months' interest`,
    ),
    money.result(
      "total-paid",
      say`Paid in all`,
      interest.plus(terms.amount),
      `${terms.amount} + ${money.text(interest)}`,
    ),
    money.result(
      "last-payment",
      say`Last payment`,
      last,
      say`what is left after ${rows.length - 1} payments`,
    ),
  ].map((result) => unlessEndless(rows, result));
}

/** Nothing without extra payments, nor where the loan would never be repaid without them. */
export function savedByExtras(terms: LoanTerms, rows: Rows, money: Money): readonly Result[] {
  if (terms.extraMonthly.plus(terms.extraYearly).isZero()) return [];
  const plain = amortise({ ...terms, extraMonthly: new Exact(0), extraYearly: new Exact(0) }, money);
  if (isEndless(plain) || isEndless(rows)) return [];
  const [without, withThem] = [interestOf(plain), interestOf(rows)];
  return [
    money.result(
      "interest-saved",
      say`Interest saved by the extra payments`,
      without.minus(withThem),
      `${money.text(without)} − ${money.text(withThem)}`,
    ),
    {
      ...counted("payments-saved", say`Payments saved`, plain.length - rows.length),
      steps: `${plain.length} − ${rows.length}`,
    },
  ];
}

export const scheduleTable = (rows: Rows, money: Money): ResultTable => ({
  caption: say`Month by month`,
  columns: [say`Month`, say`Payment`, say`Interest`, say`Repayment`, say`Balance`],
  rows: rows.map(({ month, payment, interest, balance }) => [
    String(month),
    money.text(payment),
    money.text(interest),
    money.text(payment.minus(interest)),
    money.text(balance),
  ]),
});

const counted = (name: string, label: Words, count: number) => ({
  name,
  label,
  value: String(count),
  unit: "payments",
  subject: null,
});

const isEndless = (rows: Rows): boolean => rows.at(-1)?.balance.gt(0) ?? false;

const unlessEndless = (rows: Rows, result: Result): Result =>
  isEndless(rows)
    ? { ...result, value: null, reason: say`The loan lasts more than ${longestLoan / 12} years.` }
    : result;
