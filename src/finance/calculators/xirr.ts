/** The yearly return of payments on any days: the money-weighted return. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { dayText } from "./calendar-day.ts";
import { type DatedFlow, readDatedFlows } from "./dated-flows.ts";
import { Exact, fixed } from "./exact.ts";
import { flows as flowsField } from "./input-fields.ts";
import { highestRate, internalRates, lowestRate } from "./internal-rate.ts";
import { refuse } from "./refuse.ts";

const inputs = Type.Object({
  flows: flowsField({
    title: "Payments",
    description:
      "A day and an amount each, with ; between them: 2024-01-01 -1000; 2024-12-31 1100. Negative: paid in. Positive: paid out, or the value at the end.",
    examples: ["2024-01-01 -1000; 2024-12-31 1100"],
  }),
});

export const xirr: Calculator<Static<typeof inputs>> = {
  name: "xirr",
  version: 1,
  title: "Money-weighted return (XIRR)",
  summary: "The yearly return of payments on any days.",
  topic: "investing",
  inputs,
  formula: "the rate r with Σ amount ÷ (1 + r)^(days since the first payment ÷ 365) = 0",
  source: "Microsoft Excel, XIRR; GIPS, money-weighted return",
  asked: {
    phrases: [
      "xirr",
      "irr of",
      "internal rate of return",
      "money-weighted",
      "money weighted",
      "irr",
      "interner zinsfuß",
      "interne rendite",
      "geldgewichtete rendite",
      "kapitalgewichtete rendite",
    ],
    examples: [
      {
        question: "XIRR of 2024-01-01 -1000; 2024-12-31 1100",
        inputs: { flows: "2024-01-01 -1000; 2024-12-31 1100" },
      },
      {
        question:
          "What is the XIRR of 2008-01-01 -10000; 2008-03-01 2750; 2008-10-30 4250; 2009-02-15 3250; 2009-04-01 2750?",
        inputs: {
          flows: "2008-01-01 -10000; 2008-03-01 2750; 2008-10-30 4250; 2009-02-15 3250; 2009-04-01 2750",
        },
      },
      {
        question: "Geldgewichtete Rendite: 2023-01-15 -5000; 2023-07-01 -2500; 2024-06-30 8200",
        inputs: { flows: "2023-01-15 -5000; 2023-07-01 -2500; 2024-06-30 8200" },
      },
      {
        question: "Internal rate of return for 2020-02-29 -100; 2021-02-28 4; 2022-02-28 104",
        inputs: { flows: "2020-02-29 -100; 2021-02-28 4; 2022-02-28 104" },
      },
      {
        question: "Interner Zinsfuß von 2022-01-01 -20000; 2024-01-01 23500.50",
        inputs: { flows: "2022-01-01 -20000; 2024-01-01 23500.50" },
      },
      {
        question: "Money-weighted return: 2024-03-01 -99995; 2024-03-07 97642",
        inputs: { flows: "2024-03-01 -99995; 2024-03-07 97642" },
      },
    ],
    slots: { flows: { kinds: ["flows"], cues: [], alone: true } },
  },
  calculate({ flows: text }) {
    const flows = readDatedFlows("flows", text);
    const signs = flows.filter(({ amount }) => !amount.isZero()).map(({ amount }) => amount.isNegative());
    if (!signs.includes(true) || !signs.includes(false))
      refuse(
        "flows",
        say`State at least one negative payment (paid in) and one positive (paid out, or the value at the end).`,
      );
    const rates = flows.length === 0 ? [] : internalRates(flows);
    const [only] = rates;
    const reason = reasonOf(flows, rates);
    const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
    const shown = {
      name: "xirr",
      label: say`Return a year`,
      unit: "%",
      subject: null,
      steps: stepsOf(flows),
    };
    return {
      results: [
        only === undefined || reason !== null
          ? { ...shown, value: null, reason: reason ?? "" }
          : { ...shown, value: percentText(only) },
      ],
      warnings: [
        ...(changes > 1 && reason === null
          ? [
              say`The payments change their sign ${changes} times, and there may be several such rates. Only one was found.`,
            ]
          : []),
        ...(isShort(flows) ? [say`Less than a year: the yearly rate is an extrapolation.`] : []),
      ],
      assumptions: [],
    };
  },
};

const percentText = (rate: number): string => fixed(new Exact(rate).times(100), 4);

/** Why there is no single rate; null: there is one. */
function reasonOf(flows: readonly DatedFlow[], rates: readonly number[]): Words | null {
  if (rates.length > 1)
    return say`Several rates fit: ${rates.map((rate) => `${percentText(rate)} %`).join(", ")}. The payments change their sign several times.`;
  if (rates.length === 1) return null;
  if (flows.at(-1)?.day === flows[0]?.day)
    return say`All payments are on one day, so there is no time to bear interest.`;
  return say`No rate between ${percentText(lowestRate)} % and ${highestRate * 100} % fits.`;
}

const isShort = (flows: readonly DatedFlow[]): boolean =>
  (flows.at(-1)?.day ?? 0) - (flows[0]?.day ?? 0) < 365;

/** "−1000 + 1100 ÷ (1 + r)^(365 ÷ 365) = 0", or the beginning and the end of it. */
function stepsOf(flows: readonly DatedFlow[]): Words {
  const first = flows[0]?.day ?? 0;
  const terms = flows.map(({ day, amount }) =>
    day === first ? `${amount}` : `${amount} ÷ (1 + r)^(${day - first} ÷ 365)`,
  );
  const shown = terms.length <= 8 ? terms : [...terms.slice(0, 4), "…", ...terms.slice(-2)];
  return say`${shown.join(" + ")} = 0, from ${dayText(first)}`;
}
