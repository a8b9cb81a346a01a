/** Arithmetic with per cent. */

import { type Static, Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Asked, Calculation, Calculator, Result } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure, undefinedFigure } from "./figure.ts";
import { choice, optional, signed } from "./input-fields.ts";
import { percentageAsked } from "./percentage-asked.ts";
import { refuse } from "./refuse.ts";

const inputs = Type.Object({
  operation: choice(["of", "share", "change", "add", "subtract"] as const, {
    title: "What to compute",
    description:
      "of: x % of a number. share: what per cent one number is of another. change: from one number to another, in per cent. add, subtract: a number and x % of it.",
  }),
  percent: optional(signed({ title: "Per cent", unit: "%", examples: [15] })),
  value: signed({
    title: "Number",
    description: "The whole; for a change: the first number.",
    examples: [240],
  }),
  second: optional(
    signed({
      title: "Second number",
      description: "For a share: the part. For a change: the last number.",
      examples: [60],
    }),
  ),
});
type Inputs = Static<typeof inputs>;

export const percentage: Calculator<Inputs> = {
  name: "percentage",
  version: 1,
  title: "Percentage",
  summary:
    "x % of a number, the share of one number in another, a change in per cent, and a number with x % more or less.",
  topic: "arithmetic",
  inputs,
  needs: [["percent", "second"]],
  formula:
    "of: value × percent ÷ 100; share: second ÷ value × 100; change: (second − value) ÷ value × 100; add, subtract: value × (1 ± percent ÷ 100)",
  source: "Definition of per cent",
  asked: percentageAsked satisfies Asked,
  calculate(given): Calculation {
    return { results: [resultOf(given)], warnings: warningsOf(given), assumptions: [] };
  },
};

function resultOf(given: Inputs): Result {
  const { operation, value, percent, second } = given;
  const plain = { unit: null, atMost: 8 };
  const rate = { unit: "%", decimals: 2 };
  switch (operation) {
    case "of": {
      const x = percentIn(percent);
      return figure("part", say`${x}% of ${value}`, new Exact(value).times(x).div(100), {
        ...plain,
        steps: `${value} × ${x} ÷ 100`,
      });
    }
    case "add":
    case "subtract": {
      const x = percentIn(percent);
      const sign = operation === "add" ? "+" : "−";
      const factor = operation === "add" ? new Exact(100).plus(x) : new Exact(100).minus(x);
      return figure("result", say`${value} ${sign} ${x}%`, factor.times(value).div(100), {
        ...plain,
        steps: `${value} × (1 ${sign} ${x} ÷ 100)`,
      });
    }
    case "share": {
      const part = secondIn(second, say`State the part as the second number, too.`);
      const steps = `${part} ÷ ${value} × 100`;
      if (value === 0)
        return undefinedFigure(
          "share",
          say`Share`,
          "%",
          steps,
          say`The whole is 0: nothing is a share of it.`,
        );
      return figure("share", say`${part} of ${value}`, new Exact(part).div(value).times(100), {
        ...rate,
        steps,
      });
    }
    case "change": {
      const to = secondIn(second, say`State the last number as the second number, too.`);
      const steps = `(${to} − ${value}) ÷ ${value} × 100`;
      if (value <= 0)
        return undefinedFigure(
          "change",
          say`Change`,
          "%",
          steps,
          say`The first number is not above 0: a change of it in per cent is not defined.`,
        );
      return figure("change", say`From ${value} to ${to}`, new Exact(to).minus(value).div(value).times(100), {
        ...rate,
        steps,
      });
    }
    default:
      return operation satisfies never;
  }
}

function percentIn(percent: number | undefined): number {
  return percent ?? refuse("percent", say`State the per cent.`);
}

function secondIn(second: number | undefined, message: Words): number {
  return second ?? refuse("second", message);
}

const warningsOf = ({ operation, percent = 0 }: Inputs): Words[] =>
  operation === "subtract" && percent > 100
    ? [say`More than 100 % is taken away: the result is below zero.`]
    : [];
