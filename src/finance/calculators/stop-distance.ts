/** How far the stop is from the entry: stated in pips, in points, or by two prices. */
import { say, type Words } from "../../texts/say.ts";
import type { Instrument } from "../instruments/instrument.ts";
import type { Slot } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { optional, percent, positive } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

const prices = { maximum: 1e9 };

export const stopFields = {
  stopPips: optional(positive({ title: "Stop, in pips", unit: "pips", maximum: 1e9, examples: [25] })),
  stopPoints: optional(positive({ title: "Stop, in points", unit: "points", maximum: 1e9, examples: [50] })),
  stopMove: optional(
    positive({
      title: "Stop, as a distance in price",
      description: "In the currency of the price: 10 for a stop that is $10 away.",
      unit: "price",
      ...prices,
      examples: [10],
    }),
  ),
  stopPercent: optional(
    percent({ title: "Stop, in % of the entry price", exclusiveMinimum: 0, maximum: 100, examples: [0.5] }),
  ),
  entry: optional(positive({ title: "Entry price", unit: "price", ...prices, examples: [1.085] })),
  stopPrice: optional(positive({ title: "Stop price", unit: "price", ...prices, examples: [1.0825] })),
};
export const stopNeed = ["stopPips", "stopPoints", "stopMove", "stopPercent", "stopPrice"] as const;
export const stopNeedsBeside = { stopPrice: ["entry"], stopPercent: ["entry"] } as const;

const stopCues = ["stop", "stop loss", "stop-loss", "stoploss", "sl", "stopp", "stopps", "risk", "away"];
export const stopSlots = {
  stopPips: { kinds: ["pips"], cues: stopCues, alone: true },
  stopPoints: { kinds: ["points"], cues: stopCues, alone: true },
  stopMove: {
    kinds: ["money"],
    cues: [
      "stop",
      "stop loss",
      "stop-loss",
      "stoploss",
      "sl",
      "stopp",
      "away",
      "distance",
      "entfernt",
      "abstand",
    ],
    cuesFollow: true,
  },
  stopPercent: { kinds: ["percent"], cues: stopCues.filter((cue) => cue !== "risk") },
  entry: {
    kinds: ["number", "money"],
    cues: [
      "at",
      "entry",
      "enter",
      "entering",
      "buy at",
      "sell at",
      "long at",
      "short at",
      "price",
      "einstieg",
      "kurs",
      "kaufe bei",
    ],
  },
  stopPrice: {
    kinds: ["number", "money"],
    cues: [
      "stop",
      "stop at",
      "stop loss",
      "stop-loss",
      "stoploss",
      "sl",
      "stopp",
      "stopp bei",
      "stop bei",
      "stop loss at",
    ],
  },
} satisfies Record<string, Slot>;

interface Stated {
  readonly stopPips?: number;
  readonly stopPoints?: number;
  readonly stopMove?: number;
  readonly stopPercent?: number;
  readonly entry?: number;
  readonly stopPrice?: number;
}

export interface StopDistance {
  /** In the price's currency, above zero. */
  readonly price: Exact;
  /** "25 pips", "|1.085 − 1.0825|" */
  readonly steps: Words;
  /** It was stated in pips. */
  readonly inPips: boolean;
}

/** @throws InvalidRequestError where none is stated, where two disagree, or where it is no distance */
export function stopDistance(stated: Stated, { symbol, pip, point, quote }: Instrument): StopDistance {
  const { stopPips, stopPoints, stopMove, stopPercent, entry, stopPrice } = stated;
  const found: StopDistance[] = [];
  if (stopPips !== undefined)
    found.push({ price: new Exact(pip).times(stopPips), steps: say`${stopPips} pips`, inPips: true });
  if (stopPoints !== undefined) {
    if (point === null)
      refuse(
        "stopPoints",
        say`A point of ${symbol} is not the same size everywhere. State the stop in pips (1 pip = ${pip} ${quote}), or entry and stop price.`,
      );
    found.push({
      price: new Exact(point).times(stopPoints),
      steps: say`${stopPoints} points`,
      inPips: false,
    });
  }
  if (stopMove !== undefined)
    found.push({ price: new Exact(stopMove), steps: `${stopMove} ${quote}`, inPips: false });
  if (stopPercent !== undefined) {
    if (entry === undefined)
      refuse("entry", say`State the entry price, too: the stop is ${stopPercent}% of it.`);
    const price = new Exact(entry).times(stopPercent).div(100);
    found.push({ price, steps: `${entry} × ${stopPercent}%`, inPips: false });
  }
  if (stopPrice !== undefined) {
    if (entry === undefined)
      refuse("entry", say`State the entry price, too: the stop price alone is no distance.`);
    if (entry === stopPrice)
      refuse(
        "stopPrice",
        say`The stop price is the entry price. State a stop that is below or above the entry.`,
      );
    found.push({
      price: new Exact(entry).minus(stopPrice).abs(),
      steps: `|${entry} − ${stopPrice}|`,
      inPips: false,
    });
  }
  const [first, second] = found;
  if (first === undefined)
    refuse(
      "stopPips",
      say`State the stop: in pips, in points, as a distance in price, or as entry and stop price. It is above zero.`,
    );
  if (second !== undefined && found.some(({ price }) => !price.eq(first.price)))
    refuse(
      stopNeed.findLast((name) => stated[name] !== undefined) ?? "stopPips",
      say`The stop is stated twice: ${first.steps} is ${trimmed(first.price, 10)} ${quote}, ${second.steps} is ${trimmed(second.price, 10)}. State it once.`,
    );
  return first;
}
