/** Equal amounts that go into an account, or out of it, every month, quarter or year, while it bears interest. */
import { say, type Words } from "../../texts/say.ts";
import type { Slot } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { choice } from "./input-fields.ts";
import { refuse } from "./refuse.ts";
import { monthsOf, type Term } from "./term.ts";

const monthsBetween = { month: 1, quarter: 3, year: 12 } as const;
type Every = keyof typeof monthsBetween;
type RateKind = "nominal" | "effective";

export const everyField = (title: string) => choice(["month", "quarter", "year"] as const, { title });
export const whenField = (title: string) => choice(["end", "begin"] as const, { title, default: "end" });
export const rateKindField = choice(["nominal", "effective"] as const, {
  title: "The rate is",
  description:
    "Nominal: a year's rate, of which each period bears its share. Effective: what a year really yields.",
  default: "nominal",
});

export const everySlot = {
  kinds: ["choice"],
  cues: [],
  choices: {
    month: [
      "a month",
      "per month",
      "each month",
      "every month",
      "monthly",
      "/month",
      "monatlich",
      "im monat",
      "pro monat",
      "jeden monat",
      "monatliche",
      "monatlichen",
    ],
    quarter: [
      "a quarter",
      "per quarter",
      "each quarter",
      "every quarter",
      "quarterly",
      "im quartal",
      "pro quartal",
      "vierteljährlich",
    ],
    year: [
      "a year into",
      "each year",
      "every year",
      "yearly",
      "annually",
      "jährlich",
      "im jahr",
      "jedes jahr",
    ],
  },
} satisfies Slot;
/** What "500 a quarter" says about the input `every`. */
export const perEvery = {
  month: { every: "month" },
  quarter: { every: "quarter" },
  year: { every: "year" },
} satisfies Slot["per"];
export const whenSlot = {
  kinds: ["choice"],
  cues: [],
  choices: {
    begin: [
      "at the beginning",
      "at the start of",
      "in advance",
      "am anfang",
      "zu beginn",
      "vorschüssig",
      "am monatsanfang",
    ],
    end: ["at the end", "in arrears", "am ende", "nachschüssig", "am monatsende"],
  },
} satisfies Slot;
export const rateKindSlot = {
  kinds: ["choice"],
  cues: [],
  choices: { nominal: ["nominal"], effective: ["effective", "effektiv", "apy"] },
} satisfies Slot;
export const rateSlot = {
  kinds: ["percent"],
  cues: [
    "at",
    "interest",
    "return",
    "rate",
    "yield",
    "p.a.",
    "bei",
    "zu",
    "zins",
    "zinsen",
    "zinssatz",
    "rendite",
  ],
  alone: true,
} satisfies Slot;

/** How many a term holds. @throws InvalidRequestError where the term ends between two of them */
export function countOf(every: Every, term: Term): number {
  const months = monthsOf(term);
  const count = months / monthsBetween[every];
  if (!Number.isInteger(count))
    refuse(
      term.months === undefined ? "years" : "months",
      say`The time is not a whole number of ${`${every}s`}: ${months} months. State a term that ends with a ${every}, or pay every month.`,
    );
  return count;
}

/** How many a year. */
export const aYear = (every: Every): number => 12 / monthsBetween[every];

/** The rate of one period, as a share. @param rate a year, in per cent */
export function periodRate(rate: number, kind: RateKind, every: Every): Exact {
  const yearly = new Exact(rate).div(100);
  if (kind === "nominal") return yearly.div(aYear(every));
  return yearly
    .plus(1)
    .pow(new Exact(1).div(aYear(every)))
    .minus(1);
}

/** Of a period, as a share: a smaller one changes no cent. */
export const smallestRate = 1e-18;

/** What `count` amounts of 1 have become when the last period ends. */
export function worthOfDeposits(rate: Exact, count: number, when: "begin" | "end"): Exact {
  // 40 digits hold no smaller rate beside 1.
  if (rate.abs().lt(smallestRate)) return new Exact(count);
  const atEnd = rate.plus(1).pow(count).minus(1).div(rate);
  return when === "begin" ? atEnd.times(rate.plus(1)) : atEnd;
}

/** "0.416667%" */
export const rateText = (rate: Exact): string => `${trimmed(rate.times(100), 6)}%`;

/** How the yearly rate was read. */
export const rateReading = (rate: number, kind: RateKind, every: Every): Words =>
  kind === "nominal"
    ? say`${rate} % a year is read as a nominal rate: ${rateText(periodRate(rate, kind, every))} a ${every}.`
    : say`${rate} % a year is read as an effective rate: ${rateText(periodRate(rate, kind, every))} a ${every}.`;
