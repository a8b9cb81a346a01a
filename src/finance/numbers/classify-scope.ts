/** The classes of the figures of one sentence, heading or row. */
import type { Figure } from "./classified-figure.ts";
import { conventionOf } from "./conventions.ts";
import { derivationOf, type Proved } from "./derived.ts";
import { type Equation, equationsIn } from "./equations.ts";
import type { Reading } from "./figure.ts";
import { factMatches } from "./match-facts.ts";
import { quoteMatches } from "./match-quotes.ts";
import type { PlacedFigure, ReadText } from "./read-text.ts";
import { digitsShown, isRoundingOf } from "./rounding.ts";
import type { ScopeContext } from "./scope-context.ts";
import type { FigureSources, SubjectsIn } from "./sources.ts";

export type FoundClass = Pick<Figure, "class" | "fact" | "facts" | "source" | "words">;

interface ScopeSources extends FigureSources {
  readonly subjectsIn: SubjectsIn;
  readonly context: ScopeContext;
  readonly read: ReadText;
  readonly source: string;
}

export function classesOfScope(
  figures: readonly PlacedFigure[],
  sources: ScopeSources,
): ReadonlyMap<PlacedFigure, FoundClass> {
  const found = new Map<PlacedFigure, FoundClass>();
  const proved = new Map<PlacedFigure, Proved>();
  for (const figure of figures) {
    if (figure.role !== "amount") found.set(figure, { class: figure.role });
    else {
      const direct = directClass(figure, sources);
      if (direct === null) continue;
      found.set(figure, direct.class);
      proved.set(figure, direct.proved);
    }
  }
  const amounts = figures.filter(({ role }) => role === "amount");
  if (amounts.length > proved.size && amounts.length > 1) {
    for (const equation of equationsIn(sources.read, sources.source, sources.context.scope, figures))
      addEquation(equation, found, proved);
    const operands = [...proved.values()];
    for (const figure of amounts) {
      const derivation = proved.has(figure) ? null : derivationOf(figure, operands, sources.context);
      if (derivation !== null) found.set(figure, derivedClass(derivation.operands, derivation.words));
    }
  }
  return found;
}

interface Direct {
  readonly class: FoundClass;
  readonly proved: Proved;
}

/** Facts before quotes before conventions; a figure with two readings that are both proved, by different sources, is not. */
function directClass(figure: PlacedFigure, sources: ScopeSources): Direct | null {
  const { context, subjectsIn } = sources;
  if (figure.values.length === 0) return null;
  const matches = factMatches(figure, sources.facts, context);
  const quoted = quoteMatches(figure, sources.quotes, context, subjectsIn);
  if (areAmbiguous(figure, [...matches, ...quoted])) return null;
  const [own, input, quote] = [
    matches.find(({ isInput }) => !isInput),
    matches.find(({ isInput }) => isInput),
    quoted[0],
  ];
  if (own !== undefined || (input !== undefined && quote === undefined)) {
    const match = own ?? input;
    if (match === undefined) return null;
    const { fact, value, unit } = match;
    return { class: { class: "computed", fact: fact.id }, proved: { figure, value, unit, facts: [fact.id] } };
  }
  if (quote !== undefined) {
    const { where, start, end, value, unit } = quote;
    return {
      class: { class: "quoted", source: { where, start, end } },
      proved: { figure, value, unit, facts: [] },
    };
  }
  const words = conventionOf(figure, context);
  const value = figure.values[0]?.value;
  if (words === null || value === undefined) return null;
  return { class: { class: "convention", words }, proved: { figure, value, unit: figure.unit, facts: [] } };
}

/** "1,234" beside a fact of 1234 and another of 1.234; the user's own "1,234" proves both readings and is one source. */
function areAmbiguous(figure: PlacedFigure, matches: readonly { readonly reading: Reading }[]): boolean {
  if (matches.length < 2) return false;
  const values = new Set(matches.map(({ reading }) => reading.value));
  if (values.size < 2) return false;
  const isSameText = (match: { readonly reading: Reading; readonly where?: string }) =>
    match.where !== undefined;
  return !matches.every(isSameText) || figure.values.length !== values.size;
}

function addEquation(
  { operands, result, value, words }: Equation,
  found: Map<PlacedFigure, FoundClass>,
  proved: Map<PlacedFigure, Proved>,
): void {
  const isConstant = ({ values, unit }: PlacedFigure) =>
    unit === null && values.length === 1 && (values[0]?.value === "1" || values[0]?.value === "100");
  const isProvable = operands.every((operand) => proved.has(operand) || isConstant(operand));
  const sources = operands.flatMap((operand) => proved.get(operand) ?? []);
  if (!isProvable || sources.length === 0 || !showsResult(result, value)) return;
  for (const operand of operands)
    if (!proved.has(operand))
      found.set(operand, { class: "convention", words: "A constant of the formula." });
  if (proved.has(result)) return;
  found.set(result, derivedClass(sources, words));
  const shown = result.values[0]?.value ?? value;
  proved.set(result, { figure: result, value: shown, unit: result.unit, facts: factsOf(sources) });
}

function showsResult({ values, unit, approximate }: PlacedFigure, value: string): boolean {
  const [reading] = values;
  if (reading === undefined) return false;
  const exact = unit === "%" ? percentOf(value) : value;
  return values.some(
    (each) =>
      isRoundingOf(exact, each, approximate) &&
      (digitsShown(each) >= 3 || isRoundingOf(each.value, { value: exact, decimals: 40 }, false)),
  );
}

/** A share in per cent: two places to the left. */
function percentOf(value: string): string {
  const isBelow = value.startsWith("-");
  const [whole = "0", part = ""] = value.replace("-", "").split(".");
  const digits = part.padEnd(2, "0");
  return `${isBelow ? "-" : ""}${whole}${digits.slice(0, 2)}.${digits.slice(2) || "0"}`;
}

function derivedClass(operands: readonly Proved[], words: string): FoundClass {
  const facts = factsOf(operands);
  const [fact] = facts;
  return { class: "derived", words, ...(fact === undefined ? {} : { fact, facts }) };
}

const factsOf = (operands: readonly Proved[]) => [...new Set(operands.flatMap(({ facts }) => facts))];
