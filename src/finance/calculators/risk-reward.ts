/** How a trade's target compares with its stop. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure } from "./figure.ts";
import { positive } from "./input-fields.ts";
import { priceSlot } from "./price-slot.ts";
import { refuse } from "./refuse.ts";

const price = (title: string, example: number) =>
  positive({ title, unit: "price", maximum: 1e9, examples: [example] });
const inputs = Type.Object({
  entry: price("Entry price", 1.08),
  stopPrice: price("Stop price", 1.075),
  target: price("Target price", 1.095),
});

export const riskReward: Calculator<Static<typeof inputs>> = {
  name: "risk-reward",
  version: 1,
  title: "Reward-to-risk ratio",
  summary: "How far the target is, in multiples of the stop, and how often the trade must win.",
  topic: "trading",
  inputs,
  formula: "ratio = |target − entry| ÷ |entry − stop|; break-even win rate = 1 ÷ (1 + ratio), before costs",
  source: "Van K. Tharp: Trade Your Way to Financial Freedom, reward-to-risk ratio",
  asked: {
    phrases: [
      "risk reward",
      "risk-reward",
      "risk/reward",
      "risk to reward",
      "reward to risk",
      "reward-to-risk",
      "reward risk",
      "r:r",
      "rr ratio",
      "chance-risiko-verhältnis",
      "chance risiko verhältnis",
      "chancen-risiko-verhältnis",
      "crv",
    ],
    examples: [
      {
        question: "What is the risk reward ratio with entry 1.0800, stop 1.0750 and target 1.0950?",
        inputs: { entry: 1.08, stopPrice: 1.075, target: 1.095 },
      },
      {
        question: "Risk/reward: entry 100, stop 95, target 115",
        inputs: { entry: 100, stopPrice: 95, target: 115 },
      },
      {
        question:
          "How big is the reward to risk of a short with entry 2350, stop loss 2360, take profit 2320?",
        inputs: { entry: 2350, stopPrice: 2360, target: 2320 },
      },
      {
        question: "Wie hoch ist das CRV bei Einstieg 18000, Stop 17900 und Ziel 18300?",
        inputs: { entry: 18_000, stopPrice: 17_900, target: 18_300 },
      },
      {
        question: "Chance-Risiko-Verhältnis: Einstieg 50, Stopp 48, Kursziel 56",
        inputs: { entry: 50, stopPrice: 48, target: 56 },
      },
      {
        question: "Compute the risk-reward for entry 150.20, stop 149.80, target 151.00",
        inputs: { entry: 150.2, stopPrice: 149.8, target: 151 },
      },
    ],
    slots: {
      entry: priceSlot(["entry", "enter", "buy at", "long at", "short at", "einstieg", "kauf"]),
      stopPrice: priceSlot(["stop", "stop loss", "stop-loss", "stoploss", "sl", "stopp"]),
      target: priceSlot(["target", "take profit", "take-profit", "tp", "goal", "ziel", "kursziel"]),
    },
  },
  calculate({ entry, stopPrice, target }) {
    const risk = new Exact(entry).minus(stopPrice);
    const reward = new Exact(target).minus(entry);
    if (risk.isZero())
      refuse(
        "stopPrice",
        say`The stop price is the entry price. State a stop that is below or above the entry.`,
      );
    if (reward.isZero())
      refuse("target", say`The target is the entry price. State a target that is above or below the entry.`);
    if (risk.isNegative() !== reward.isNegative())
      refuse(
        "target",
        say`The target and the stop are on the same side of the entry. State one above it and one below.`,
      );
    const ratio = reward.div(risk);
    return {
      results: [
        figure("reward-risk", say`Reward to risk`, ratio, {
          unit: "x",
          decimals: 2,
          steps: `|${target} − ${entry}| ÷ |${entry} − ${stopPrice}|`,
        }),
        figure("break-even-win-rate", say`Break-even win rate`, new Exact(100).div(ratio.plus(1)), {
          unit: "%",
          decimals: 2,
          steps: `1 ÷ (1 + ${trimmed(ratio, 6)})`,
        }),
        figure("risk-distance", say`Risk, in price`, risk.abs(), {
          unit: null,
          steps: `|${entry} − ${stopPrice}|`,
          atMost: 10,
        }),
        figure("reward-distance", say`Reward, in price`, reward.abs(), {
          unit: null,
          steps: `|${target} − ${entry}|`,
          atMost: 10,
        }),
      ],
      warnings: ratio.lt(1) ? [say`The target is closer than the stop: most trades must win.`] : [],
      assumptions: [
        risk.isNegative()
          ? say`Short: the stop is above the entry.`
          : say`Long: the stop is below the entry.`,
      ],
    };
  },
};
