/** Figures that follow from two proved ones of the same sentence or row, where a word says how: difference, total, ratio, each. */
import { Decimal } from "decimal.js";
import type { PlacedFigure } from "./read-text.ts";
import { digitsShown, isRoundingOf } from "./rounding.ts";
import type { ScopeContext } from "./scope-context.ts";
import { wordSet } from "./word-set.ts";

const Exact = Decimal.clone({ precision: 40, toExpNeg: -9e15, toExpPos: 9e15 });

/** A figure that is proved, and its value. */
export interface Proved {
  readonly figure: PlacedFigure;
  readonly value: string;
  readonly unit: string | null;
  /** The facts that it shows. */
  readonly facts: readonly string[];
}

interface Derivation {
  readonly operands: readonly [Proved, Proved];
  readonly words: string;
}

const differences = wordSet(`
  difference gain loss profit distance spread more less lose losing left remaining saves saved save differ apart away gap
  differenz unterschied gewinn verlust abstand mehr weniger entfernt übrig ersparnis bleiben bleibt
`);
const sums = wordSet(
  "total sum together altogether combined plus adds insgesamt zusammen summe gesamt macht zuzüglich",
);
const ratios = wordSet(
  "ratio times multiple verhältnis fache fach risk-reward reward crv doppelt twice double half halb hälfte",
);
const changes = wordSet(`
  change percent return gain growth increase decrease rise fall rose fell up down higher lower zuwachs rückgang anstieg rendite
  veränderung gestiegen gefallen prozent plus minus
`);
const products = wordSet("each per times for every apiece multiplied pro je mal jeweils stück");
const shares = wordSet("of von des der vom");
const relations = [differences, sums, ratios, changes, products, shares];
/** Sentences with more proved figures than this derive nothing: too much would follow from something. */
const mostOperands = 8;

/** @returns how the figure follows from two of the proved ones; null when it does not */
export function derivationOf(
  figure: PlacedFigure,
  proved: readonly Proved[],
  context: ScopeContext,
): Derivation | null {
  if (proved.length < 2 || proved.length > mostOperands || figure.values.length === 0) return null;
  if (!relations.some((words) => context.hasAny(words))) return null;
  for (const [index, left] of proved.entries()) {
    for (const right of proved.slice(index + 1)) {
      const words = relationOf(figure, left, right, context) ?? relationOf(figure, right, left, context);
      if (words !== null) return { operands: [left, right], words };
    }
  }
  return null;
}

const exactValues = new WeakMap<Proved, Decimal>();

function exactOf(proved: Proved): Decimal {
  const known = exactValues.get(proved);
  if (known !== undefined) return known;
  const exact = new Exact(proved.value);
  exactValues.set(proved, exact);
  return exact;
}

function relationOf(figure: PlacedFigure, left: Proved, right: Proved, context: ScopeContext): string | null {
  const [a, b] = [exactOf(left), exactOf(right)];
  const shows = (value: Decimal) => isShown(figure, value);
  const [x, y] = [left.figure.text, right.figure.text];
  const isSame = left.unit === right.unit;
  const isOwnUnit = figure.unit === left.unit || figure.unit === left.figure.unit;
  const isSameUnit = isOwnUnit || (figure.unit === "pp" && left.unit === "%");
  if (isSame && isSameUnit && context.hasAny(differences) && a.gt(b) && shows(a.minus(b)))
    return `${x} − ${y}`;
  if (isSame && isOwnUnit && context.hasAny(sums) && shows(a.plus(b))) return `${x} + ${y}`;
  if (
    isSame &&
    !b.isZero() &&
    context.hasAny(ratios) &&
    (figure.unit === "x" || figure.unit === null) &&
    shows(a.div(b))
  )
    return `${x} ÷ ${y}`;
  if (isSame && !b.isZero() && figure.unit === "%" && context.hasAny(changes)) {
    const change = a.minus(b).div(b).times(100);
    const isUp = context.directionOf(figure) !== "down";
    if (shows(isUp ? change : change.abs()) && change.isNegative() !== isUp)
      return `(${x} − ${y}) ÷ ${y} × 100`;
  }
  const isShare =
    left.unit === "%" && right.unit !== "%" && figure.unit === right.unit && context.hasAny(shares);
  if (isShare && isPartOf(left, right) && shows(a.times(b).div(100))) return `${x} × ${y}`;
  const isProduct =
    figure.unit !== null &&
    figure.unit === left.unit &&
    isCount(right.unit) &&
    !isCount(left.unit) &&
    left.unit !== "%";
  return isProduct && context.hasAny(products) && shows(a.times(b)) ? `${x} × ${y}` : null;
}

const isCount = (unit: string | null) =>
  unit !== null &&
  [
    "lots",
    "units",
    "shares",
    "contracts",
    "pips",
    "points",
    "oz",
    "months",
    "years",
    "payments",
    "trades",
    "R",
    "nights",
  ].includes(unit);

/** "1 % of 10,000 EUR": the share stands right before the whole. */
const isPartOf = (share: Proved, whole: Proved) =>
  share.figure.start < whole.figure.start && whole.figure.start - share.figure.whole.end <= 40;

function isShown(figure: PlacedFigure, value: Decimal): boolean {
  const exact = value.toFixed();
  return figure.values.some(
    (reading) =>
      isRoundingOf(exact, reading, figure.approximate) &&
      (digitsShown(reading) >= 3 || new Exact(reading.value).eq(value)),
  );
}
