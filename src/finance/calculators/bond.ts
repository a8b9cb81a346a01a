/** The price of a bond from its yield, or the yield from its price, with duration and convexity. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { type BondTerms, bondValue, lowestYield, yieldOf } from "./bond-yield.ts";
import type { Calculator, Result } from "./calculator.ts";
import { dayNumber, dayText } from "./calendar-day.ts";
import { type CouponSchedule, couponSchedule, dayCounts } from "./coupon-schedule.ts";
import { Exact, fixed } from "./exact.ts";
import { choice, day, optional, percent, positive, yearlyRate } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

const perYear = { yearly: 1, "half-yearly": 2, quarterly: 4 } as const;
const longest = 100;

const inputs = Type.Object({
  coupon: percent({ title: "Coupon a year", description: "In per cent of the face value.", examples: [5] }),
  maturity: day({ title: "Maturity", examples: ["2034-05-15"] }),
  settlement: day({ title: "Settlement", examples: ["2026-11-30"] }),
  yield: optional(yearlyRate({ title: "Yield a year", exclusiveMinimum: lowestYield * 100, examples: [4] })),
  price: optional(
    positive({
      title: "Clean price",
      description: "For a face value of 100, without accrued interest. Instead of the yield.",
      maximum: 10_000,
      examples: [98.5],
    }),
  ),
  frequency: choice(["yearly", "half-yearly", "quarterly"] as const, {
    title: "Coupons are paid",
    default: "half-yearly",
  }),
  dayCount: choice(dayCounts, { title: "Day count", default: "ACT/ACT" }),
});
type Inputs = Static<typeof inputs>;

export const bond: Calculator<Inputs> = {
  name: "bond",
  version: 1,
  title: "Bond price and yield",
  summary: "The price of a bond from its yield, or the yield from its price, with duration and convexity.",
  topic: "investing",
  inputs,
  needs: [["yield", "price"]],
  formula:
    "price + accrued interest = Σ (coupon ÷ f) ÷ (1 + yield ÷ f)^(k − passed) + 100 ÷ (1 + yield ÷ f)^(n − passed), k = 1 … n coupons to come, f = coupons a year, passed = the part of the running period that has passed (street convention; the last period is compounded, too)",
  source: "ICMA rule 251; Tuckman, Serrat: Fixed Income Securities; Fabozzi: Bond Markets",
  asked: {
    phrases: [
      "bond price",
      "price of a bond",
      "bond yield",
      "yield to maturity",
      "ytm",
      "yield of a bond",
      "bond with",
      "bond duration",
      "modified duration",
      "macaulay",
      "convexity",
      "anleihe",
      "rentenpapier",
      "endfälligkeitsrendite",
      "kurs einer anleihe",
      "rendite einer anleihe",
    ],
    examples: [
      {
        question: "Price of a bond with a 5% coupon, maturity 2034-05-15, settlement 2026-11-30, yield 4%",
        inputs: { coupon: 5, maturity: "2034-05-15", settlement: "2026-11-30", yield: 4 },
      },
      {
        question:
          "Yield to maturity of a bond: coupon 3%, price 95.5, settlement 2026-01-15, maturity 2031-01-15, yearly coupons",
        inputs: {
          coupon: 3,
          price: 95.5,
          settlement: "2026-01-15",
          maturity: "2031-01-15",
          frequency: "yearly",
        },
      },
      {
        question:
          "Anleihe mit Kupon 2,5 %, Fälligkeit 2036-08-15, Valuta 2026-12-01, Rendite 2,8 %, jährliche Zinszahlung: welcher Kurs?",
        inputs: {
          coupon: 2.5,
          maturity: "2036-08-15",
          settlement: "2026-12-01",
          yield: 2.8,
          frequency: "yearly",
        },
      },
      {
        question:
          "Rendite einer Anleihe: Kupon 4 %, Kurs 102,35, Valuta 2026-03-10, Fälligkeit 2030-09-30, halbjährlich",
        inputs: {
          coupon: 4,
          price: 102.35,
          settlement: "2026-03-10",
          maturity: "2030-09-30",
          frequency: "half-yearly",
        },
      },
      {
        question:
          "Modified duration of a bond with coupon 6%, maturity 2040-02-01, settlement 2025-06-20, yield 7%, 30/360",
        inputs: { coupon: 6, maturity: "2040-02-01", settlement: "2025-06-20", yield: 7, dayCount: "30/360" },
      },
      {
        question:
          "Bond price with coupon 4.5%, quarterly, settlement 2026-02-10, maturity 2029-11-20, yield 5.1%",
        inputs: {
          coupon: 4.5,
          frequency: "quarterly",
          settlement: "2026-02-10",
          maturity: "2029-11-20",
          yield: 5.1,
        },
      },
    ],
    slots: {
      coupon: { kinds: ["percent"], cues: ["coupon", "kupon", "nominalzins"] },
      maturity: { kinds: ["date"], cues: ["maturity", "matures", "maturing", "due", "fälligkeit", "fällig"] },
      settlement: { kinds: ["date"], cues: ["settlement", "settled", "settles", "valuta", "kaufdatum"] },
      yield: { kinds: ["percent"], cues: ["yield", "ytm", "rendite"] },
      price: { kinds: ["number", "percent", "money"], cues: ["price", "clean price", "at", "kurs"] },
      frequency: {
        kinds: ["choice"],
        cues: [],
        choices: {
          yearly: ["yearly", "annual", "annually", "jährlich", "jährliche"],
          "half-yearly": [
            "half-yearly",
            "semi-annual",
            "semiannual",
            "semi-annually",
            "halbjährlich",
            "halbjährliche",
          ],
          quarterly: ["quarterly", "vierteljährlich", "vierteljährliche", "quartalsweise"],
        },
      },
      dayCount: { kinds: ["choice"], cues: [], choices: { "ACT/ACT": ["act/act"], "30/360": ["30/360"] } },
    },
  },
  calculate(given) {
    if (given.yield !== undefined && given.price !== undefined)
      refuse("price", say`State the yield or the clean price, not both.`);
    const schedule = scheduleOf(given);
    const terms: BondTerms = {
      coupon: given.coupon / perYear[given.frequency],
      perYear: perYear[given.frequency],
      coupons: schedule.coupons,
      passed: schedule.passed,
    };
    const accrued = terms.coupon * schedule.passed;
    const accruedResult = shown(
      "accrued-interest",
      say`Accrued interest`,
      accrued,
      null,
      `${given.coupon} ÷ ${terms.perYear} × ${schedule.passedDays} ÷ ${schedule.periodDays}`,
    );
    const warnings =
      schedule.coupons === 1
        ? [say`One coupon is left. Some tables use simple interest then; this is compounded.`]
        : [];
    const assumptions = [
      say`Coupons on ${dayText(schedule.last)}, ${dayText(schedule.next)} and so on until ${given.maturity}. Prices are for a face value of 100.`,
    ];
    const found = given.yield ?? solved(given, terms, accrued);
    if (found === null) {
      const reason = say`No yield fits this price. Check the price, which is for a face value of 100.`;
      const none = {
        ...shown("yield", say`Yield a year`, 0, "%", say`the yield that gives the price`),
        value: null,
        reason,
      };
      return { results: [none, accruedResult], warnings, assumptions };
    }
    const value = bondValue(terms, found / 100);
    const { perYear: f, passed, coupons } = terms;
    const clean = value.price - accrued;
    const y = fixed(new Exact(found), 4);
    const first =
      given.yield === undefined
        ? shown(
            "yield",
            say`Yield a year`,
            found,
            "%",
            say`the yield at which the bond costs ${given.price} clean`,
          )
        : shown(
            "clean-price",
            say`Clean price`,
            clean,
            null,
            say`Σ (${given.coupon} ÷ ${f}) ÷ (1 + ${y}% ÷ ${f})^(k − ${fixed(new Exact(passed), 6)}), k = 1 … ${coupons}, + 100 ÷ (1 + ${y}% ÷ ${f})^(${coupons} − ${fixed(new Exact(passed), 6)}) − accrued interest`,
          );
    return {
      results: [
        first,
        shown(
          "dirty-price",
          say`Price with accrued interest`,
          value.price,
          null,
          say`clean price + accrued interest`,
        ),
        accruedResult,
        shown(
          "macaulay-duration",
          say`Macaulay duration`,
          value.duration,
          "years",
          say`mean time to the payments, by their present values`,
        ),
        shown(
          "modified-duration",
          say`Modified duration`,
          value.duration / (1 + found / 100 / f),
          null,
          `${fixed(new Exact(value.duration), 4)} ÷ (1 + ${y}% ÷ ${f})`,
        ),
        shown(
          "convexity",
          say`Convexity`,
          value.convexity,
          null,
          say`second derivative of the price by the yield ÷ the price`,
        ),
      ],
      warnings,
      assumptions,
    };
  },
};

const shown = (name: string, label: Words, value: number, unit: string | null, steps: Words): Result => ({
  name,
  label,
  value: fixed(new Exact(value), 4),
  unit,
  subject: null,
  steps,
});

/** @throws InvalidRequestError where a day is no day, or their order is wrong */
function scheduleOf({ settlement, maturity, frequency, dayCount }: Inputs): CouponSchedule {
  const from = dayNumber(settlement);
  const to = dayNumber(maturity);
  if (from === null) refuse("settlement", say`Settlement is no day of the calendar. State it as YYYY-MM-DD.`);
  if (to === null) refuse("maturity", say`Maturity is no day of the calendar. State it as YYYY-MM-DD.`);
  if (from >= to) refuse("settlement", say`Settlement must be before maturity. State an earlier day.`);
  if (to - from > longest * 366)
    refuse("maturity", say`Maturity is more than ${longest} years away. State an earlier day.`);
  return couponSchedule(from, to, perYear[frequency], dayCount);
}

function solved({ price }: Inputs, terms: BondTerms, accrued: number): number | null {
  if (price === undefined) refuse("yield", say`State the yield or the clean price.`);
  const found = yieldOf(terms, price + accrued);
  return found === null ? null : found * 100;
}
