/** The same quantity in another unit: pips and prices, lots and units, ounces and grams, basis points and per cent. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Instrument } from "../instruments/instrument.ts";
import type { CalculationContext, Calculator } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure } from "./figure.ts";
import { choice, optional, signed, symbol } from "./input-fields.ts";
import { refuse } from "./refuse.ts";
import { instrumentNamed, priceUnit, specificationOf } from "./traded-instrument.ts";
import { unitConversionAsked } from "./unit-conversion-asked.ts";

const units = ["pips", "points", "price", "lots", "units", "oz", "grams", "kg", "bp", "percent"] as const;
type Unit = (typeof units)[number];

const inputs = Type.Object({
  value: signed({ title: "Quantity", examples: [25] }),
  from: choice(units, { title: "Its unit" }),
  to: choice(units, { title: "The unit that is asked for" }),
  symbol: optional(
    symbol({
      title: "Instrument",
      description: "For pips, points, prices, lots and units.",
      examples: ["EURUSD"],
    }),
  ),
});

export const unitConversion: Calculator<Static<typeof inputs>> = {
  name: "unit-conversion",
  version: 1,
  title: "Units",
  summary: "Pips and prices, lots and units, ounces and grams, basis points and per cent.",
  topic: "arithmetic",
  inputs,
  formula:
    "price = pips × pip; units = lots × contract size; 1 troy ounce = 31.1034768 g; 1 % = 100 basis points",
  source: "NIST Handbook 44, Appendix C: the troy ounce is 31.1034768 g exactly",
  asked: unitConversionAsked,
  calculate(given, context) {
    const { value, from, to } = given;
    if (from === to) refuse("to", say`Both units are ${from}. State another one.`);
    const traded = [from, to].find(isTraded);
    const instrument = traded === undefined ? null : instrumentOf(given.symbol, traded, context);
    const [fromScale, toScale] = [sizeIn(from, instrument), sizeIn(to, instrument)];
    if (fromScale.family !== toScale.family)
      refuse(
        "to",
        say`${from} cannot be turned into ${to}. ${from} can be turned into: ${partnersOf(from, instrument).join(", ")}.`,
      );
    return {
      results: [
        figure(
          "converted",
          say`${value} ${from} in ${to}`,
          new Exact(value).times(fromScale.size).div(toScale.size),
          {
            unit: unitWord(to, instrument),
            subject: instrument?.symbol ?? null,
            atMost: 10,
            steps: `${value} × ${fromScale.size.toFixed()} ÷ ${toScale.size.toFixed()}`,
          },
        ),
      ],
      warnings: [],
      assumptions: [
        ...(instrument === null ? [] : specificationOf(instrument)),
        ...([from, to].includes("oz") ? [say`An ounce is a troy ounce: 31.1034768 g.`] : []),
      ],
    };
  },
};

type Family = "price" | "quantity" | "weight" | "rate";
interface Scale {
  readonly family: Family;
  /** In the family's unit: of prices the quote, of quantities one unit, of weights a gram, of rates one per cent. */
  readonly size: Exact;
}

const gramsInOunce = new Exact("31.1034768");
const fixedScales: Readonly<Partial<Record<Unit, Scale>>> = {
  oz: { family: "weight", size: gramsInOunce },
  grams: { family: "weight", size: new Exact(1) },
  kg: { family: "weight", size: new Exact(1000) },
  bp: { family: "rate", size: new Exact("0.01") },
  percent: { family: "rate", size: new Exact(1) },
};

/** Its size is the instrument's. */
const isTraded = (unit: Unit): boolean => fixedScales[unit] === undefined;

function instrumentOf(name: string | undefined, unit: Unit, context: CalculationContext): Instrument {
  return name === undefined
    ? refuse("symbol", say`State the instrument, such as EURUSD: the size of ${unit} depends on it.`)
    : instrumentNamed(name, undefined, context);
}

function sizeIn(unit: Unit, instrument: Instrument | null): Scale {
  const known = fixedScales[unit];
  if (known !== undefined) return known;
  if (instrument === null) return { family: "price", size: new Exact(1) };
  const { pip, point, contractSize, kind, symbol } = instrument;
  // The units of a metal are ounces.
  const quantity =
    kind === "metal"
      ? { family: "weight" as const, size: gramsInOunce }
      : { family: "quantity" as const, size: new Exact(1) };
  switch (unit) {
    case "pips":
      return { family: "price", size: new Exact(pip) };
    case "points":
      if (point === null)
        refuse("from", say`A point of ${symbol} is not the same size everywhere. Use pips: one is ${pip}.`);
      return { family: "price", size: new Exact(point) };
    case "lots":
      return { family: quantity.family, size: quantity.size.times(contractSize) };
    case "units":
      return quantity;
    default:
      return { family: "price", size: new Exact(1) };
  }
}

function partnersOf(from: Unit, instrument: Instrument | null): Unit[] {
  const { family } = sizeIn(from, instrument);
  const isPartner = (unit: Unit) =>
    unit !== from &&
    !(unit === "points" && instrument?.point === null) &&
    sizeIn(unit, instrument).family === family;
  return units.filter((unit) => (instrument === null ? !isTraded(unit) && isPartner(unit) : isPartner(unit)));
}

const unitWord = (unit: Unit, instrument: Instrument | null): string | null => {
  if (unit === "percent") return "%";
  if (unit === "price") return instrument === null ? null : priceUnit(instrument);
  return unit;
};
