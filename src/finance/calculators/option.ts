/** The price of a European option with its greeks, or the volatility that a price implies. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import {
  boundsOf,
  impliedVolatility,
  type OptionTerms,
  type OptionValue,
  optionValue,
} from "./black-scholes.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact, fixed, trimmed } from "./exact.ts";
import { choice, count, optional, percent, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot } from "./money.ts";
import { refuse } from "./refuse.ts";
import { termFields, termSlots, yearsOf } from "./term.ts";

const highestVolatility = 1000;
/** Prices below it lose digits. */
const smallest = 1e-9;

const inputs = Type.Object({
  kind: choice(["call", "put"] as const, { title: "Option", default: "call" }),
  spot: positive({
    title: "Price of the underlying",
    unit: "price",
    exclusiveMinimum: smallest,
    examples: [100],
  }),
  strike: positive({ title: "Strike", unit: "price", exclusiveMinimum: smallest, examples: [100] }),
  ...termFields,
  days: optional(
    count({
      title: "Days",
      description: "Instead of years and months, or on top of them. A year has 365.",
      unit: "days",
      minimum: 1,
      maximum: 73_000,
      examples: [90],
    }),
  ),
  rate: yearlyRate({ title: "Interest a year", description: "Continuous, without risk.", examples: [5] }),
  volatility: optional(
    percent({ title: "Volatility a year", minimum: 0.01, maximum: highestVolatility, examples: [20] }),
  ),
  price: optional(
    positive({
      title: "Price of the option",
      description: "Instead of the volatility: then the implied volatility is computed.",
      unit: "price",
      exclusiveMinimum: smallest,
      examples: [10.45],
    }),
  ),
  dividendYield: yearlyRate({
    title: "Dividend yield a year",
    description: "Continuous.",
    default: 0,
    examples: [2],
  }),
  currency: optional(currencyField),
});
type Inputs = Static<typeof inputs>;

export const option: Calculator<Inputs> = {
  name: "option",
  version: 1,
  title: "Option price",
  summary: "The price of a European option with its greeks, or the volatility that a price implies.",
  topic: "investing",
  inputs,
  needs: [
    ["years", "months", "days"],
    ["volatility", "price"],
  ],
  formula:
    "call = S × e^(−q × T) × N(d1) − K × e^(−r × T) × N(d2); put = K × e^(−r × T) × N(−d2) − S × e^(−q × T) × N(−d1); d1 = (ln(S ÷ K) + (r − q + σ² ÷ 2) × T) ÷ (σ × √T), d2 = d1 − σ × √T",
  source: "Black, Scholes (1973); Merton (1973); Hull: Options, Futures, and Other Derivatives",
  asked: {
    phrases: [
      "call option",
      "put option",
      "option price",
      "price of a call",
      "price of a put",
      "price a call",
      "price a put",
      "black-scholes",
      "black scholes",
      "implied volatility",
      "implied vol",
      "optionspreis",
      "kaufoption",
      "verkaufsoption",
      "call-option",
      "put-option",
      "implizite volatilität",
    ],
    examples: [
      {
        question: "Price of a call: spot 100, strike 100, 1 year, volatility 20%, rate 5%",
        inputs: { kind: "call", spot: 100, strike: 100, years: 1, volatility: 20, rate: 5 },
      },
      {
        question:
          "Black-Scholes put option, spot 50, strike 55, 6 months, volatility 30%, interest 3%, dividend yield 2%",
        inputs: { kind: "put", spot: 50, strike: 55, months: 6, volatility: 30, rate: 3, dividendYield: 2 },
      },
      {
        question:
          "Implied volatility of a call option with spot 100, strike 110, 90 days, rate 4% and option price 2.50?",
        inputs: { kind: "call", spot: 100, strike: 110, days: 90, rate: 4, price: 2.5 },
      },
      {
        question:
          "Optionspreis eines Calls: Kurs 120, Basispreis 115, Laufzeit 3 Monate, Volatilität 25 %, Zins 2,5 %",
        inputs: { kind: "call", spot: 120, strike: 115, months: 3, volatility: 25, rate: 2.5 },
      },
      {
        question:
          "Was kostet eine Put-Option bei Kurs 80, Basispreis 75, 45 Tagen, Volatilität 40 % und Zins 1 %?",
        inputs: { kind: "put", spot: 80, strike: 75, days: 45, volatility: 40, rate: 1 },
      },
      {
        question:
          "Implizite Volatilität: Verkaufsoption, Kurs 200, Basispreis 190, 1 Jahr, Zins 3 %, Optionspreis 12,40",
        inputs: { kind: "put", spot: 200, strike: 190, years: 1, rate: 3, price: 12.4 },
      },
    ],
    slots: {
      kind: {
        kinds: ["choice"],
        cues: [],
        choices: {
          call: ["call", "calls", "call-option", "kaufoption"],
          put: ["put", "puts", "put-option", "verkaufsoption"],
        },
      },
      spot: { kinds: ["number", "money"], cues: ["spot", "underlying", "stock at", "kurs", "basiswert"] },
      strike: { kinds: ["number", "money"], cues: ["strike", "basispreis", "ausübungspreis"] },
      years: termSlots.years,
      months: termSlots.months,
      days: { kinds: ["days"], cues: ["expiry", "days", "tage", "laufzeit"], alone: true },
      rate: { kinds: ["percent"], cues: ["rate", "interest", "risk-free", "zins", "zinssatz"] },
      volatility: { kinds: ["percent"], cues: ["volatility", "vol", "sigma", "volatilität"] },
      price: {
        kinds: ["number", "money"],
        cues: ["option price", "premium", "costs", "optionspreis", "prämie"],
      },
      dividendYield: {
        kinds: ["percent"],
        cues: ["dividend", "dividend yield", "dividendenrendite", "dividende"],
      },
      currency: currencySlot,
    },
  },
  calculate(given) {
    const terms = termsOf(given);
    const code = given.currency?.toUpperCase() ?? null;
    const assumptions = [
      say`European: it is exercised at expiry only.`,
      say`Interest and dividends are continuous.`,
    ];
    const { price } = given;
    if (price === undefined) {
      if (given.volatility === undefined)
        refuse("volatility", say`State the volatility, or the price of the option.`);
      const value = optionValue(terms, given.volatility / 100);
      const steps = priceSteps(terms, value);
      return {
        results: [priceResult(value, code, steps), ...greeks(value, code)],
        warnings: [],
        assumptions,
      };
    }
    if (given.volatility !== undefined)
      refuse("price", say`State the volatility or the price of the option, not both.`);
    const shown = {
      name: "implied-volatility",
      label: say`Implied volatility`,
      unit: "%",
      subject: null,
      steps: say`the volatility at which the ${terms.kind} costs ${price}`,
    };
    const reason = outsideBounds(terms, price);
    const volatility = reason === null ? impliedVolatility(terms, price, highestVolatility / 100) : null;
    if (volatility === null) {
      const why =
        reason ?? say`No volatility between ${"0.0001"} % and ${highestVolatility} % gives this price.`;
      return { results: [{ ...shown, value: null, reason: why }], warnings: [], assumptions };
    }
    const found = { ...shown, value: decimal(volatility * 100, 4) };
    return { results: [found, ...greeks(optionValue(terms, volatility), code)], warnings: [], assumptions };
  },
};

function termsOf(given: Inputs): OptionTerms {
  const { kind, spot, strike, years, months, days, rate, dividendYield } = given;
  if (years === undefined && months === undefined && days === undefined)
    refuse("years", say`State the time to expiry: in years, months or days.`);
  const whole = years === undefined && months === undefined ? new Exact(0) : yearsOf(given);
  const time = whole.plus(new Exact(days ?? 0).div(365)).toNumber();
  return { kind, spot, strike, years: time, rate: rate / 100, dividendYield: dividendYield / 100 };
}

const decimal = (value: number, decimals: number): string => fixed(new Exact(value), decimals);

function outsideBounds(terms: OptionTerms, price: number): Words | null {
  const { lowest, highest } = boundsOf(terms);
  if (price > lowest && price < highest) return null;
  return say`Without arbitrage the ${terms.kind} costs more than ${decimal(lowest, 4)} and less than ${decimal(highest, 4)}.`;
}

const priceResult = (value: OptionValue, unit: string | null, steps: string): Result => ({
  name: "option-price",
  label: say`Option price`,
  value: decimal(value.price, 4),
  unit,
  subject: null,
  steps,
});

function priceSteps(
  { kind, spot, strike, years, rate, dividendYield }: OptionTerms,
  { d1, d2 }: OptionValue,
): string {
  const [q, r, t] = [dividendYield, rate, years].map((value) => trimmed(new Exact(value), 6));
  const asset = `${spot} × e^(−${q} × ${t})`;
  const cash = `${strike} × e^(−${r} × ${t})`;
  return kind === "call"
    ? `${asset} × N(${decimal(d1, 6)}) − ${cash} × N(${decimal(d2, 6)})`
    : `${cash} × N(${decimal(-d2, 6)}) − ${asset} × N(${decimal(-d1, 6)})`;
}

function greeks(value: OptionValue, code: string | null): readonly Result[] {
  const per = (unit: string) => (code === null ? null : `${code} per ${unit}`);
  const greek = (name: string, label: Words, shown: string, unit: string | null, steps: Words): Result => ({
    name,
    label,
    value: shown,
    unit,
    subject: null,
    steps,
  });
  return [
    greek(
      "delta",
      "Delta",
      decimal(value.delta, 4),
      null,
      say`change of the price for 1 more of the underlying`,
    ),
    greek("gamma", "Gamma", decimal(value.gamma, 6), null, say`change of delta for 1 more of the underlying`),
    greek(
      "theta",
      say`Theta a day`,
      decimal(value.theta / 365, 4),
      per("day"),
      say`change of the price in 1 of 365 days`,
    ),
    greek(
      "vega",
      say`Vega for 1 %`,
      decimal(value.vega / 100, 4),
      per("%"),
      say`change of the price for 1 % more volatility`,
    ),
    greek(
      "rho",
      say`Rho for 1 %`,
      decimal(value.rho / 100, 4),
      per("%"),
      say`change of the price for 1 % more interest`,
    ),
  ];
}
