/** Whether a figure's unit is the one of its source, and which factor of ten stands between. 2 % proves no 2 lots. */
import type { PlacedFigure } from "./read-text.ts";
import { digitsShown } from "./rounding.ts";
import type { ScopeContext } from "./scope-context.ts";
import { wordsOfUnit } from "./units-in-text.ts";

/** A number that may prove others, with what is known of it. */
export interface Provable {
  readonly unit: string | null;
  readonly per: string | null;
  /** Words that name it, lower case. */
  readonly labels: readonly string[];
  /** The noun that stands after it in the user's words. */
  readonly noun: string | null;
  /** Of an instrument: bare prices are its figures. */
  readonly subject: string | null;
}

/** Nouns by which a period is meant, too. */
const periodWords: Readonly<Record<string, readonly string[]>> = {
  year: [
    "year",
    "yearly",
    "annual",
    "annually",
    "annum",
    "jahr",
    "jährlich",
    "jährliche",
    "pa",
    "zins",
    "rate",
    "cagr",
  ],
  month: ["month", "monthly", "monat", "monatlich", "monatliche", "monatsrate", "payment", "rate"],
  week: ["week", "weekly", "woche", "wöchentlich"],
  day: ["day", "daily", "tag", "täglich", "night", "swap"],
  trade: ["trade", "trades", "risk", "risiko"],
  lot: ["lot", "lots"],
  pip: ["pip", "pips", "pipwert"],
};

/**
 * @returns the power of ten by which the figure's readings are multiplied before they are compared with the source; null: the
 * units do not match
 */
export function unitPower(figure: PlacedFigure, source: Provable, context: ScopeContext): number | null {
  const [unit, per] = splitRate(source.unit, source.per);
  const isNamed = context.hasAny(source.labels);
  const pips = pipPower(figure, unit, context);
  if (pips !== null) return pips;
  if (figure.unit === null) return isBareMatch(figure, source, unit, context, isNamed) ? 0 : null;
  const power = powerBetween(figure.unit, unit);
  return power !== null && isSamePeriod(figure, unit, per, source.labels, context, isNamed) ? power : null;
}

const distances = [
  "distance",
  "difference",
  "away",
  "stop",
  "gap",
  "move",
  "abstand",
  "differenz",
  "entfernt",
  "unterschied",
];

/** 25 pips of EURUSD are a distance of 0.0025, and back. */
function pipPower(figure: PlacedFigure, unit: string | null, context: ScopeContext): number | null {
  const isFromPips = figure.unit === null && unit === "pips";
  if (!isFromPips && !(figure.unit === "pips" && unit === null)) return null;
  const governing = context.governing(figure);
  const pip = governing.kind === "one" ? (governing.subject.pip ?? "") : "";
  if (!/^(?:0\.0*1|1)$/.test(pip) || !context.hasAny(distances)) return null;
  const power = pip === "1" ? 0 : pip.length - 2;
  return isFromPips ? power : -power;
}

const powerBetween = (figure: string, source: string | null): number | null => {
  if (figure === source) return 0;
  if (figure === "bp" && source === "%") return -2;
  return figure === "%" && source === "bp" ? 2 : null;
};

/** "USD per pip" is money, for each pip; "USD per EUR" is a price. */
function splitRate(unit: string | null, per: string | null): readonly [string | null, string | null] {
  const [amount = null, rate] = unit?.split(" per ") ?? [];
  return [amount, rate ?? per];
}

function isSamePeriod(
  figure: PlacedFigure,
  unit: string | null,
  per: string | null,
  labels: readonly string[],
  context: ScopeContext,
  isNamed: boolean,
): boolean {
  if (unit === "%" || figure.per === per) return true;
  const period = figure.per ?? per;
  if (period === null) return true;
  const words = periodWords[period];
  // "USD per oz" is a price.
  if (words === undefined) return true;
  // "500 EUR a month" needs a source that is a month's; a month's amount needs a sentence that speaks of months.
  if (figure.per !== null && per !== null) return false;
  return figure.per === null ? isNamed || context.hasAny(words) : words.some((word) => labels.includes(word));
}

function isBareMatch(
  figure: PlacedFigure,
  source: Provable,
  unit: string | null,
  context: ScopeContext,
  isNamed: boolean,
): boolean {
  const isLong = figure.values.some((reading) => digitsShown(reading) >= 3);
  if (unit === null) return isLong || isNamed || (figure.noun !== null && figure.noun === source.noun);
  if (isNamed) return true;
  // The prices of an instrument are written without their currency.
  if (source.unit?.includes(" per ") === true && source.subject !== null) return isLong;
  const near = context.wordsAfter(figure, 3);
  return (
    wordsOfUnit(unit).some((word) => near.includes(word.toLowerCase())) || near.includes(unit.toLowerCase())
  );
}
