/** Whether the user's own words prove a figure: the same number, in the same unit, of the same instrument, in the same role. */

import { negated } from "./decimal-text.ts";
import { scaled } from "./digit-readings.ts";
import type { Reading } from "./figure.ts";
import { unitPower } from "./match-unit.ts";
import { type PlacedFigure, type ReadText, readText } from "./read-text.ts";
import { areEqual } from "./rounding.ts";
import { ScopeContext } from "./scope-context.ts";
import type { Quote, SubjectsIn } from "./sources.ts";
import { wordSet } from "./word-set.ts";

interface QuoteMatch {
  readonly where: string;
  readonly start: number;
  readonly end: number;
  readonly reading: Reading;
  readonly value: string;
  readonly unit: string | null;
}

interface QuotedFigure {
  readonly figure: PlacedFigure;
  readonly context: ScopeContext;
  readonly quote: Quote;
  readonly symbols: ReadonlySet<string>;
  readonly labels: readonly string[];
  readonly values: readonly string[];
}

/** What one message says, by the digits of its figures, so that a thousand of them cost no more than one. */
type QuotedFigures = ReadonlyMap<string, readonly QuotedFigure[]>;

const accountWords = wordSet(`
  account balance konto kontostand kapital capital equity guthaben invest invested deposit savings save loan kredit darlehen budget
  risk risiko riskiere riskieren vermögen portfolio depot anlegen spare sparen money geld
`);
/** A message has no more figures that count; the rest of a flood proves nothing. */
const mostFigures = 2000;

const read = new WeakMap<Quote, { readonly subjectsIn: SubjectsIn; readonly figures: QuotedFigures }>();

function figuresOf(quote: Quote, subjectsIn: SubjectsIn): QuotedFigures {
  const known = read.get(quote);
  if (known?.subjectsIn === subjectsIn) return known.figures;
  const figures = quotedFigures(quote, readText(quote.text, true), subjectsIn);
  read.set(quote, { subjectsIn, figures });
  return figures;
}

function quotedFigures(quote: Quote, text: ReadText, subjectsIn: SubjectsIn): QuotedFigures {
  const byDigits = new Map<string, QuotedFigure[]>();
  const symbols = new Set(subjectsIn(quote.text).map(({ symbol }) => symbol));
  const byScope = Map.groupBy(text.figures.slice(0, mostFigures), ({ scope }) => scope);
  for (const [scope, figures] of byScope) {
    const context = new ScopeContext(text, scope, quote.text, subjectsIn, figures);
    for (const figure of figures) {
      if (figure.role !== "amount") continue;
      const labels = [...context.wordsBefore(figure, 3), ...context.wordsAfter(figure, 3)];
      const values = figure.values.map(({ value }) => value);
      const quoted = { figure, context, quote, symbols, labels, values };
      for (const digits of new Set(values.map(digitsOf))) {
        const known = byDigits.get(digits);
        if (known === undefined) byDigits.set(digits, [quoted]);
        else known.push(quoted);
      }
    }
  }
  return byDigits;
}

/** Equal for all numbers that differ by a power of ten and a sign at most. */
const digitsOf = (value: string) => value.replace(/[-.]/g, "").replace(/^0+|0+$/g, "");

/** A number that is said more often than that is looked for in the latest of its places only. */
const mostPlaces = 200;

/** @returns for each reading of the figure the latest place in the user's words that proves it, the latest of all first */
export function quoteMatches(
  figure: PlacedFigure,
  quotes: readonly Quote[],
  context: ScopeContext,
  subjectsIn: SubjectsIn,
): readonly QuoteMatch[] {
  const found = new Map<Reading, QuoteMatch>();
  for (const quoted of placesOf(figure, quotes, subjectsIn).take(mostPlaces)) {
    const match = matchOf(figure, quoted, context);
    if (match !== null && !found.has(match.reading)) found.set(match.reading, match);
    if (found.size === figure.values.length) break;
  }
  return [...found.values()];
}

/** Where the user has said a number of the same digits: the latest message first. */
function* placesOf(
  figure: PlacedFigure,
  quotes: readonly Quote[],
  subjectsIn: SubjectsIn,
): Generator<QuotedFigure> {
  const digits = new Set(figure.values.map(({ value }) => digitsOf(value)));
  for (const quote of quotes.toReversed()) {
    const figures = figuresOf(quote, subjectsIn);
    for (const key of digits) yield* figures.get(key) ?? [];
  }
}

function matchOf(figure: PlacedFigure, quoted: QuotedFigure, context: ScopeContext): QuoteMatch | null {
  const source = {
    unit: quoted.figure.unit,
    per: quoted.figure.per,
    noun: quoted.figure.noun,
    subject: null,
  };
  const power = unitPower(figure, { ...source, labels: labelsFor(figure, quoted, context) }, context);
  if (power === null || !isSameSubject(figure, quoted, context)) return null;
  const [direction, said] = [context.directionOf(figure), quoted.context.directionOf(quoted.figure)];
  if (direction !== null && said !== null && direction !== said && quoted.symbols.size > 0) return null;
  for (const reading of figure.values) {
    const isBelow = reading.value.startsWith("-");
    const { value } = scaled({ ...reading, value: isBelow ? reading.value.slice(1) : reading.value }, power);
    const equal = quoted.figure.values.find(
      (each) =>
        areEqual(each.value, isBelow ? negated(value) : value) && !isOtherReading(each, quoted, reading),
    )?.value;
    if (equal === undefined) continue;
    const { start, end, unit } = quoted.figure;
    return { where: quoted.quote.where, start, end, reading, value: equal, unit };
  }
  return null;
}

function labelsFor(figure: PlacedFigure, quoted: QuotedFigure, context: ScopeContext): readonly string[] {
  if (figure.unit !== null) return periodLabels(quoted);
  return quoted.figure.unit === null ? sharedLabels(quoted, context, figure) : [];
}

/** The "$10,000" of a message is no ten dollars: as a decimal it proves what is written with three decimals, too. */
const isOtherReading = (said: Reading, { figure }: QuotedFigure, shown: Reading) =>
  figure.values.length > 1 && said.decimals === 3 && shown.decimals !== 3;

/** A bare number of one or two digits needs a word beside it that stands beside it in the user's words, too. */
const sharedLabels = ({ labels }: QuotedFigure, context: ScopeContext, figure: PlacedFigure) => {
  const near = [...context.wordsBefore(figure, 4), ...context.wordsAfter(figure, 3)];
  return labels.filter((label) => label.length > 2 && near.includes(label) && !common.has(label));
};
const common = wordSet(
  "the and for with from that this have has are was you your und der die das mit von ein eine ich bei auf",
);

/** The words of its message say which period an amount is for. */
const periodLabels = ({ context }: QuotedFigure): readonly string[] =>
  [...context.words].filter((word) =>
    /^(?:month|monat|year|jahr|week|woche|annual|daily|täglich|trade|lot|pip)/.test(word),
  );

function isSameSubject(figure: PlacedFigure, quoted: QuotedFigure, context: ScopeContext): boolean {
  const governing = context.governing(figure);
  const isPrice = context.isPrice(figure);
  const isAccount = quoted.figure.unit !== null || quoted.context.hasAny(accountWords);
  if (isPrice && !quoted.context.isPrice(quoted.figure) && isAccount) return false;
  if (governing.kind === "none") return true;
  const symbols =
    governing.kind === "one" ? [governing.subject.symbol] : context.subjects.map(({ symbol }) => symbol);
  if (quoted.symbols.size === 0) return !isPrice;
  return symbols.every((symbol) => quoted.symbols.has(symbol));
}
