/**
 * How many ways llama.cpp goes along in a grammar while it looks at one token of the vocabulary: as many as the text has
 * readings. `([a-z] | [a-y] | …)+` has more with each letter. It is tried with texts of one letter, and of two in turn.
 */
import type { Expression } from "./grammar-text.ts";

/** In characters; longer tokens are rare. */
const probeLength = 8;
/** Of one text: three readings of each of its letters take llama.cpp some milliseconds. */
const mostSteps = 20_000;
/** Of all texts together. */
const mostStepsInAll = 300_000;
const mostLetters = 40;

/** What remains to be read. */
interface Rest {
  readonly first: Expression;
  readonly next: Rest | null;
}

class TooManySteps extends Error {}

/** @param rules of a grammar whose parts are not empty in many ways */
export function hasFewReadings(rules: ReadonlyMap<string, Expression>): boolean {
  const walker = new Walker(rules);
  const letters = lettersOf(rules);
  const probes = letters.flatMap((one) => [
    one.repeat(probeLength),
    ...letters.slice(0, 6).flatMap((other) => (other === one ? [] : [(one + other).repeat(probeLength / 2)])),
  ]);
  const starts = [...rules.values()].flatMap((rule) => [rule, ...loopsIn(rule)]);
  try {
    for (const start of starts) for (const probe of probes) walker.walk(start, probe);
    return true;
  } catch (error) {
    if (error instanceof TooManySteps || error instanceof RangeError) return false;
    throw error;
  }
}

class Walker {
  readonly #rules: ReadonlyMap<string, Expression>;
  #steps = 0;
  #stepsInAll = 0;

  constructor(rules: ReadonlyMap<string, Expression>) {
    this.#rules = rules;
  }

  /** @throws TooManySteps */
  walk(start: Expression, text: string): void {
    this.#steps = 0;
    this.#read({ first: start, next: null }, [...text], 0);
  }

  #read(rest: Rest | null, text: readonly string[], at: number): void {
    this.#steps += 1;
    this.#stepsInAll += 1;
    if (this.#steps > mostSteps || this.#stepsInAll > mostStepsInAll) throw new TooManySteps();
    if (rest === null || at >= text.length) return;
    const { first, next } = rest;
    if (first.type !== "terminal") for (const each of this.#expanded(first, next)) this.#read(each, text, at);
    else if (first.matches(text[at] ?? "")) this.#read(next, text, at + 1);
  }

  /** The ways on from a part that is no character. */
  #expanded(first: Exclude<Expression, { type: "terminal" }>, next: Rest | null): readonly (Rest | null)[] {
    switch (first.type) {
      case "empty":
        return [next];
      case "rule": {
        const rule = this.#rules.get(first.name);
        return rule === undefined ? [] : [{ first: rule, next }];
      }
      case "alternatives":
        return first.parts.map((part) => ({ first: part, next }));
      case "sequence":
        return [first.parts.reduceRight<Rest | null>((after, part) => ({ first: part, next: after }), next)];
      case "repeat": {
        const { part, least, most } = first;
        const more: Expression = { type: "repeat", part, least: Math.max(0, least - 1), most: most - 1 };
        return [
          ...(least <= 0 ? [next] : []),
          ...(most <= 0 ? [] : [{ first: part, next: { first: more, next } }]),
        ];
      }
      default:
        return first satisfies never;
    }
  }
}

/** The parts that repeat, however deep. */
function loopsIn(expression: Expression): readonly Expression[] {
  if (expression.type === "repeat") return [expression, ...loopsIn(expression.part)];
  return "parts" in expression ? expression.parts.flatMap(loopsIn) : [];
}

function lettersOf(rules: ReadonlyMap<string, Expression>): readonly string[] {
  const letters = new Set<string>();
  const note = (expression: Expression): void => {
    if (letters.size >= mostLetters) return;
    if (expression.type === "terminal") letters.add(expression.example);
    else if (expression.type === "repeat") note(expression.part);
    else if ("parts" in expression) for (const part of expression.parts) note(part);
  };
  for (const rule of rules.values()) note(rule);
  return [...letters];
}
