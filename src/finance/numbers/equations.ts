/** Calculations that a text writes out: 10,000 × 1% = 100. Our own parser evaluates the left side; each number on it must be proved. */
import { Decimal } from "decimal.js";
import type { PlacedFigure, ReadText } from "./read-text.ts";
import type { Scope } from "./text-scopes.ts";
import type { Token } from "./tokens.ts";

const Exact = Decimal.clone({ precision: 40, toExpNeg: -9e15, toExpPos: 9e15 });

type Operator = "+" | "-" | "*" | "/" | "^";
type Item =
  | { readonly figure: PlacedFigure }
  | { readonly operator: Operator }
  | { readonly bracket: "(" | ")" };

export interface Equation {
  readonly operands: readonly PlacedFigure[];
  readonly result: PlacedFigure;
  /** Decimal text. */
  readonly value: string;
  /** As it is written. */
  readonly words: string;
}

const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    "+": "+",
    "-": "-",
    "−": "-",
    "–": "-",
    "*": "*",
    "×": "*",
    "·": "*",
    x: "*",
    "÷": "/",
    "/": "/",
    ":": "/",
    "^": "^",
  }),
);
/** No calculation has more parts. */
const longest = 60;

/** @param figures of the scope, in order @returns its calculations, in order: the left side of each, and the figure after "=" */
export function equationsIn(
  { tokens, view }: ReadText,
  source: string,
  scope: Scope,
  figures: readonly PlacedFigure[],
): readonly Equation[] {
  if (!hasEquals(tokens, scope)) return [];
  const byToken = new Map<number, PlacedFigure>();
  for (const figure of figures)
    if (figure.role === "amount")
      for (let at = figure.raw.from; at < Math.max(figure.raw.wholeTo, figure.raw.to); at++)
        byToken.set(at, figure);
  const found: Equation[] = [];
  for (let at = scope.from; at < scope.to; at++) {
    const token = tokens[at];
    if (token === undefined || !isEquals(token)) continue;
    const result = figures.find(({ raw, role }) => role === "amount" && raw.from > at);
    const isNext =
      result !== undefined && tokens.slice(at + 1, result.raw.from).every(({ kind }) => kind === "space");
    if (!isNext) continue;
    const items = itemsBefore(at, scope, tokens, byToken);
    const value = evaluate(items);
    const operands = items.flatMap((item) => ("figure" in item ? [item.figure] : []));
    const first = operands[0];
    if (value === null || first === undefined || operands.length < 2) continue;
    const until = view.starts[token.start] ?? first.end;
    found.push({ operands, result, value, words: source.slice(first.start, until).trim() });
  }
  return found;
}

const isEquals = ({ kind, text }: Token) => kind === "sign" && (text === "=" || text === "≈");

function hasEquals(tokens: readonly Token[], { from, to }: Scope): boolean {
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token !== undefined && isEquals(token)) return true;
  }
  return false;
}

function itemsBefore(
  end: number,
  scope: Scope,
  tokens: ReadText["tokens"],
  byToken: ReadonlyMap<number, PlacedFigure>,
): readonly Item[] {
  const items: Item[] = [];
  for (let at = end - 1; at >= scope.from && items.length < longest; at--) {
    const token = tokens[at];
    const figure = byToken.get(at);
    if (figure !== undefined) {
      // A sign that the lexer took may be the operator: 10 -5.
      items.unshift({ figure });
      at = figure.raw.from;
      continue;
    }
    if (token === undefined || token.kind === "space") continue;
    if (token.text === "(" || token.text === ")") items.unshift({ bracket: token.text });
    else {
      const operator = operators.get(token.text);
      if (operator === undefined) break;
      items.unshift({ operator });
    }
  }
  while (items[0] !== undefined && "operator" in items[0]) items.shift();
  return items;
}

/** @returns decimal text; null when it is no calculation */
function evaluate(items: readonly Item[]): string | null {
  let at = 0;
  const operatorAt = (wanted: string) => {
    const item = items[at];
    return item !== undefined && "operator" in item && wanted.includes(item.operator) ? item.operator : null;
  };
  const sum = (): Decimal | null => chain(product, "+-");
  const product = (): Decimal | null => chain(power, "*/");
  const power = (): Decimal | null => {
    const base = atom();
    if (base === null || operatorAt("^") === null) return base;
    at++;
    const exponent = power();
    return exponent === null || exponent.abs().gt(1000) ? null : base.pow(exponent);
  };
  const chain = (next: () => Decimal | null, wanted: string): Decimal | null => {
    let left = next();
    for (
      let operator = operatorAt(wanted);
      operator !== null && left !== null;
      operator = operatorAt(wanted)
    ) {
      at++;
      const right = next();
      if (right === null || (operator === "/" && right.isZero())) return null;
      left = applied(left, operator, right);
    }
    return left;
  };
  const atom = (): Decimal | null => {
    const item = items[at];
    at++;
    if (item === undefined || "operator" in item) return null;
    if ("bracket" in item) {
      if (item.bracket === ")") return null;
      const inner = sum();
      const close = items[at];
      at++;
      return close !== undefined && "bracket" in close && close.bracket === ")" ? inner : null;
    }
    return literal(item.figure);
  };
  const value = sum();
  return value === null || at !== items.length || !value.isFinite() ? null : value.toFixed();
}

function applied(left: Decimal, operator: Operator, right: Decimal): Decimal {
  if (operator === "+") return left.plus(right);
  if (operator === "-") return left.minus(right);
  return operator === "*" ? left.times(right) : left.div(right);
}

/** 1% is 0.01. A number with two readings is none that can be computed with. */
function literal({ values, unit }: PlacedFigure): Decimal | null {
  const [first, ...others] = values;
  const reading = others.length === 0 ? first : values.find(({ decimals }) => decimals === 0);
  if (reading === undefined) return null;
  const value = new Exact(reading.value);
  return unit === "%" ? value.div(100) : unit === "bp" ? value.div(10_000) : value;
}
