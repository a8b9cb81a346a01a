/** How often trades win, and how much: what expectancy, Kelly, break-even and ruin share. */
import { say } from "../../texts/say.ts";
import type { Slot } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { optional, percent, positive } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

/** A payoff ratio above it is a slip of an input. */
const largest = 10_000;

export const winRateField = percent({ title: "Win rate", examples: [45] });
export const winRateSlot = {
  kinds: ["percent"],
  cues: [
    "win rate",
    "winrate",
    "win",
    "winning",
    "wins",
    "hit rate",
    "trefferquote",
    "gewinnquote",
    "gewinne",
  ],
  alone: true,
} satisfies Slot;

export const averageWinField = positive({
  title: "Average win",
  description: "An amount, or multiples of R.",
  examples: [200],
});
export const averageLossField = positive({
  title: "Average loss",
  description: "Above zero, in the unit of the win.",
  examples: [100],
});
const sizes = ["money", "multiple", "number"] as const;
export const averageSlots = {
  averageWin: {
    kinds: sizes,
    cues: ["win", "average win", "avg win", "winner", "winners", "gewinn", "durchschnittsgewinn"],
  },
  averageLoss: {
    kinds: sizes,
    cues: ["loss", "average loss", "avg loss", "loser", "losers", "verlust", "durchschnittsverlust"],
  },
} satisfies Record<string, Slot>;

export const payoffFields = {
  payoff: optional(
    positive({
      title: "Payoff ratio",
      description: "Average win ÷ average loss.",
      unit: "x",
      minimum: 1 / largest,
      maximum: largest,
      examples: [2],
    }),
  ),
  averageWin: optional(averageWinField),
  averageLoss: optional(averageLossField),
};
export const payoffNeeds = [
  ["payoff", "averageWin"],
  ["payoff", "averageLoss"],
] as const;
export const payoffSlots = {
  payoff: {
    kinds: ["multiple", "number"],
    cues: [
      ...[
        "payoff",
        "payoff ratio",
        "win/loss ratio",
        "win loss ratio",
        "reward",
        "reward to risk",
        "risk reward",
        "risk-reward",
      ],
      ...["ratio", "crv", "chance-risiko-verhältnis", "auszahlungsverhältnis", "verhältnis"],
    ],
    alone: true,
  },
  ...averageSlots,
} satisfies Record<string, Slot>;

interface Payoff {
  readonly payoff?: number;
  readonly averageWin?: number;
  readonly averageLoss?: number;
}

/** Average win ÷ average loss. @throws InvalidRequestError where it is not stated, or stated twice */
export function payoffOf({ payoff, averageWin, averageLoss }: Payoff): { ratio: Exact; steps: string } {
  if (payoff !== undefined) {
    if (averageWin !== undefined || averageLoss !== undefined)
      refuse("payoff", say`State either the payoff ratio, or average win and average loss.`);
    return { ratio: new Exact(payoff), steps: String(payoff) };
  }
  if (averageWin === undefined)
    refuse("payoff", say`State the payoff ratio, or average win and average loss.`);
  if (averageLoss === undefined) refuse("averageLoss", say`State the average loss, too; it is above zero.`);
  const ratio = new Exact(averageWin).div(averageLoss);
  if (ratio.gt(largest) || ratio.lt(new Exact(1).div(largest)))
    refuse("averageWin", say`Average win and average loss differ more than ${largest} times. Check both.`);
  return { ratio, steps: `(${averageWin} ÷ ${averageLoss})` };
}

export const tradesSlot = {
  kinds: ["count"],
  cues: ["trades", "sample", "over", "from", "out of", "n", "aus", "bei", "über"],
  alone: true,
} satisfies Slot;
