/** Whether a fact, or an input that its card repeats, proves a figure: value, unit, instrument, direction and rounding. */

import { negated } from "./decimal-text.ts";
import { scaled } from "./digit-readings.ts";
import { type Candidate, candidatesNear } from "./fact-index.ts";
import type { Reading } from "./figure.ts";
import { type Provable, unitPower } from "./match-unit.ts";
import type { PlacedFigure } from "./read-text.ts";
import { areEqual, digitsShown, isRoundingOf } from "./rounding.ts";
import type { ScopeContext } from "./scope-context.ts";
import type { CitableFact, FigureSources } from "./sources.ts";

interface FactMatch {
  readonly fact: CitableFact;
  /** The reading of the figure that matched. */
  readonly reading: Reading;
  /** The fact's own value, or one of its inputs. */
  readonly isInput: boolean;
  readonly value: string;
  readonly unit: string | null;
}

/** @returns every fact that proves a reading of the figure, values before inputs */
export function factMatches(
  figure: PlacedFigure,
  facts: FigureSources["facts"],
  context: ScopeContext,
): readonly FactMatch[] {
  const matches: FactMatch[] = [];
  for (const candidate of candidatesNear(sizesOf(figure), facts)) {
    const reading = candidate.at > figure.start ? null : readingThatShows(candidate, figure, context);
    if (reading === null) continue;
    const { fact, isInput, value, unit } = candidate;
    matches.push({ fact, reading, isInput, value, unit });
  }
  return matches;
}

/** How large the source of a figure may be, roughly. */
function sizesOf({ values, unit }: PlacedFigure): readonly number[] {
  const sizes = values.map(({ value }) => Math.abs(Number(value)));
  return unit === "%" || unit === "bp" ? sizes.flatMap((size) => [size, size * 100, size / 100]) : sizes;
}

function readingThatShows(candidate: Candidate, figure: PlacedFigure, context: ScopeContext): Reading | null {
  const { fact, isInput, name, value, unit, labels, factLabels, isSigned } = candidate;
  if (!isSubject(fact, figure, context) || !isPriceLike(figure, context, name)) return null;
  if (!isInput && !hasParameters(fact, factLabels, context)) return null;
  const provable = { unit, per: null, labels, noun: null, subject: fact.subject };
  return matching(figure, value, provable, context, isSigned);
}

function matching(
  figure: PlacedFigure,
  value: string,
  source: Provable,
  context: ScopeContext,
  hasSign: boolean,
): Reading | null {
  const power = unitPower(figure, source, context);
  if (power === null) return null;
  const isNamed = context.hasAny(source.labels);
  const meant = signedValue(figure, value, hasSign, context);
  if (meant === null) return null;
  for (const reading of figure.values) {
    const compared = scaled(
      reading.value.startsWith("-") ? { ...reading, value: reading.value.slice(1) } : reading,
      power,
    );
    const shown = reading.value.startsWith("-") ? { ...compared, value: negated(compared.value) } : compared;
    if (areEqual(meant, shown.value)) return reading;
    const digits = digitsShown(shown);
    const isEnough = digits >= 3 || (digits === 2 && (isNamed || figure.approximate));
    if (isEnough && isRoundingOf(meant, shown, figure.approximate)) return reading;
    if (figure.approximate && isRoundedFurther(meant, shown)) return reading;
  }
  return null;
}

/** "about 10,000" for 9,996.12: the zeros at its end need not be digits, as long as three digits are. */
function isRoundedFurther(meant: string, { value, decimals }: Reading): boolean {
  if (decimals !== 0 || !/^\d{4,}$/.test(value)) return false;
  const zeros = /0*$/.exec(value)?.[0].length ?? 0;
  const place = Math.min(zeros, value.length - 3);
  return place > 0 && isRoundingOf(meant, { value, decimals: -place }, false);
}

/**
 * A change has a sign, and the sentence a direction: -3 % is "fell by 3 %", and never "rose by 3 %".
 * @returns the value as the figure must show it; null when the words contradict it
 */
function signedValue(
  figure: PlacedFigure,
  value: string,
  hasSign: boolean,
  context: ScopeContext,
): string | null {
  const isBelow = value.startsWith("-");
  const direction = context.directionOf(figure);
  // What is written with its sign needs no word for it.
  if (figure.sign === "-" || figure.sign === "+") return value;
  if (isBelow) {
    if (direction === "down") return negated(value);
    return figure.values.some((reading) => reading.value.startsWith("-")) ? value : null;
  }
  return hasSign && direction === "down" ? null : value;
}

function isSubject(fact: CitableFact, figure: PlacedFigure, context: ScopeContext): boolean {
  const governing = context.governing(figure);
  if (fact.subject === null) return governing.kind === "none" || !context.isPrice(figure);
  const [symbol = "", ...rest] = fact.subject.toUpperCase().split(/\s+/);
  const named = rest.filter((part) => /^(?:M|H|D|W|MN)\d+$/.test(part));
  const others = rest.filter((part) => !named.includes(part));
  const timeframes = context.timeframes();
  const isTimeframe =
    named.length === 0 || timeframes.length === 0 || named.some((part) => timeframes.includes(part));
  if (!isTimeframe) return false;
  // A correlation is of both that are named.
  if (governing.kind === "several")
    return (
      others.length > 0 &&
      context.subjects.every((each) =>
        [symbol, ...others].some((name) => joined(name) === joined(each.symbol)),
      )
    );
  return governing.kind === "none" || joined(governing.subject.symbol) === joined(symbol);
}

const priceNames =
  /price|entry|exit|stop|target|strike|premium|pivot|support|resistance|level|close|open|high|low|spot|forward|rate|quote|fib|^[rsp]\d?$|average|band|value|ema|sma|vwap/;

/** "The price is 10,000" shows no account balance. */
const isPriceLike = (figure: PlacedFigure, context: ScopeContext, name: string) =>
  (figure.unit !== null && !/^[A-Z]{3,5}$/.test(figure.unit)) ||
  priceNames.test(name) ||
  !context.isPrice(figure);

const joined = (symbol: string) => symbol.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");

/** RSI(21) is no figure of a fact that was computed with 14. */
function hasParameters(fact: CitableFact, labels: readonly string[], context: ScopeContext): boolean {
  if (fact.inputs === undefined) return true;
  const values = fact.inputs.map(({ value }) => value);
  return context
    .parameters()
    .filter(({ indicator }) => labels.includes(indicator))
    .every(({ parameters }) =>
      parameters.some((parameter) => values.some((value) => Number(value) === Number(parameter))),
    );
}
