/** What a position is charged or credited for the nights that it stays open. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Instrument } from "../instruments/instrument.ts";
import {
  accountCurrency,
  accountField,
  accountSlot,
  conversionFields,
  conversionSlots,
  conversionTo,
  converted,
} from "./account-conversion.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { count, optional, positive, signed } from "./input-fields.ts";
import { moneyOf } from "./money.ts";
import { currentPriceCues, priceSlot } from "./price-slot.ts";
import { refuse } from "./refuse.ts";
import {
  instrumentFields,
  instrumentNamed,
  instrumentSlot,
  lotsField,
  lotsSlot,
  specificationOf,
} from "./traded-instrument.ts";

const perNight = "A night and lot: credited above zero, charged below zero.";
const inputs = Type.Object({
  ...instrumentFields,
  lots: lotsField(),
  nights: count({ title: "Nights", unit: "nights", minimum: 1, maximum: 36_500, examples: [5] }),
  tripleNights: count({
    title: "Of these, nights that count three times",
    description: "Mostly the night from Wednesday to Thursday.",
    unit: "nights",
    maximum: 36_500,
    default: 0,
    examples: [1],
  }),
  swapPoints: optional(
    signed({ title: "Swap, in points", description: perNight, unit: "points", examples: [-6.5] }),
  ),
  swapPips: optional(
    signed({ title: "Swap, in pips", description: perNight, unit: "pips", examples: [-0.65] }),
  ),
  currency: accountField,
  price: optional(
    positive({ title: "Price of the instrument", unit: "price", maximum: 1e9, examples: [150] }),
  ),
  ...conversionFields,
});
type Inputs = Static<typeof inputs>;

export const swap: Calculator<Inputs> = {
  name: "swap",
  version: 1,
  title: "Swap (rollover)",
  summary: "What a position is charged or credited for the nights that it stays open.",
  topic: "trading",
  inputs,
  needs: [["swapPoints", "swapPips"]],
  formula:
    "swap = swap points × point × contract size × lots × (nights + 2 × triple nights) × conversion rate",
  source: "MetaTrader 5 help: swap calculation in points",
  asked: {
    phrases: [
      "swap",
      "swaps",
      "swap cost",
      "swap costs",
      "swap fee",
      "rollover",
      "rollover cost",
      "overnight fee",
      "overnight cost",
      "overnight costs",
      "swapkosten",
      "swap-kosten",
      "swap kosten",
      "übernachtkosten",
      "übernachtgebühr",
      "finanzierungskosten über nacht",
    ],
    examples: [
      {
        question: "How much swap do I pay on 1 lot EURUSD at -0.65 pips for 5 nights in USD?",
        inputs: { symbol: "EURUSD", lots: 1, swapPips: -0.65, nights: 5, currency: "USD" },
      },
      {
        question:
          "What does the swap cost for 2 lots GBPUSD with a swap of -4 points over 10 nights, USD account?",
        inputs: { symbol: "GBPUSD", lots: 2, swapPoints: -4, nights: 10, currency: "USD" },
      },
      {
        question: "Swap for 0.5 lots of gold: -3 pips per night, 3 nights, account in USD",
        inputs: { symbol: "XAUUSD", lots: 0.5, swapPips: -3, nights: 3, currency: "USD" },
      },
      {
        question: "Wie hoch ist der Swap für 1 Lot EURUSD bei -0,5 Pips und 7 Nächten in USD?",
        inputs: { symbol: "EURUSD", lots: 1, swapPips: -0.5, nights: 7, currency: "USD" },
      },
      {
        question: "Swapkosten: 2 Lots DAX, -1,5 Punkte pro Nacht, 4 Nächte, Konto in EUR",
        inputs: { symbol: "DE40", lots: 2, swapPoints: -1.5, nights: 4, currency: "EUR" },
      },
      {
        question: "Calculate the rollover on 3 lots USDJPY at 1.2 pips for 2 nights, price 150, USD account",
        inputs: { symbol: "USDJPY", lots: 3, swapPips: 1.2, nights: 2, price: 150, currency: "USD" },
      },
    ],
    slots: {
      symbol: instrumentSlot,
      quote: { kinds: ["currency"], cues: ["priced in", "notiert in"] },
      lots: lotsSlot,
      nights: {
        kinds: ["days", "count"],
        cues: ["nights", "night", "overnight", "nächte", "nächten"],
        alone: true,
      },
      tripleNights: { kinds: ["days", "count"], cues: ["triple", "dreifach", "wednesdays", "mittwoche"] },
      swapPoints: { kinds: ["points"], cues: ["swap", "rollover"], alone: true, per: { day: {} } },
      swapPips: { kinds: ["pips"], cues: ["swap", "rollover"], alone: true, per: { day: {} } },
      currency: accountSlot,
      price: priceSlot(currentPriceCues),
      ...conversionSlots,
    },
  },
  calculate(given, context) {
    const instrument = instrumentNamed(given.symbol, given.quote, context);
    const { lots, nights, tripleNights } = given;
    if (tripleNights > nights)
      refuse(
        "tripleNights",
        say`${tripleNights} of ${nights} nights cannot count three times. State all nights, then those that count three times.`,
      );
    const money = moneyOf(accountCurrency(given.currency));
    const conversion = conversionTo(given, instrument, given.price);
    const { move, steps, assumptions } = nightly(given, instrument);
    const night = converted(move.times(instrument.contractSize).times(lots), conversion);
    const charged = new Exact(tripleNights).times(2).plus(nights);
    const nightSteps = say`${steps} × ${instrument.contractSize} × ${lots}${conversion.steps}`;
    return {
      results: [
        money.result(
          "swap",
          night.lt(0) ? say`Swap charged` : say`Swap credited`,
          night.times(charged),
          say`${nightSteps} × ${charged.toFixed()} nights`,
        ),
        money.result("swap-per-night", say`A night`, night, nightSteps),
      ],
      warnings: [],
      assumptions: [
        ...assumptions,
        tripleNights === 0
          ? say`No night counts three times. Brokers count one night of the week, mostly Wednesday's, three times.`
          : say`${tripleNights} of ${nights} nights count three times: ${charged.toFixed()} in all.`,
        ...specificationOf(instrument),
        ...conversion.assumptions,
      ],
    };
  },
};

/** The swap of a night, as a move of the price. */
function nightly({ swapPips, swapPoints }: Inputs, { pip, point }: Instrument) {
  if (swapPips !== undefined && swapPoints !== undefined)
    refuse("swapPips", say`State the swap once: in points, or in pips.`);
  if (swapPips !== undefined)
    return { move: new Exact(pip).times(swapPips), steps: `${swapPips} × ${pip}`, assumptions: [] };
  if (swapPoints === undefined) refuse("swapPoints", say`State the swap of a night: in points, or in pips.`);
  const size = point === null ? new Exact(pip).div(10) : new Exact(point);
  const shown = trimmed(size, 10);
  const assumptions = [
    point === null
      ? say`One point is a tenth of a pip: ${shown}. That is MetaTrader's last digit.`
      : say`One point is ${shown}. Where your broker's last digit is smaller, state the swap in pips.`,
  ];
  return { move: size.times(swapPoints), steps: `${swapPoints} × ${shown}`, assumptions };
}
