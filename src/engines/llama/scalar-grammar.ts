/** Grammars of single values: texts, numbers and literals. It knows nothing of what they are part of. */
import type { GbnfJsonSchema } from "node-llama-cpp";
import { formatPatterns } from "./format-patterns.ts";
import { integerRule, type NumberBounds, numberRule } from "./number-rule.ts";
import { patternRule } from "./pattern-rule.ts";
import { isPlainValue, odd, type Schema } from "./schema-parts.ts";

export type GrammarSchema = GbnfJsonSchema<Record<string, GbnfJsonSchema>>;

/** A grammar counts such bounds out, rule by rule. */
const largestBound = 500;

/** What is known of the whole schema while its parts are converted. */
export interface Context {
  readonly strict: boolean;
  /** Of the definitions at the root. */
  readonly names: ReadonlySet<string>;
  readonly root: Schema;
  /** How many more values and alternatives it may have. */
  readonly choices: { left: number };
  readonly leaves: Map<string, string>;
  readonly leafName: string;
  readonly optionalMark: string;
  readonly isWhole: { yes: boolean };
}

/** A value of a rule of our own: the library sees a text that stands for it. */
function leaf(rule: string, { leaves, leafName }: Context): GrammarSchema {
  const name = `@${leafName}-${leaves.size}@`;
  leaves.set(name, rule);
  return { const: name };
}

export function stringOf(schema: Schema, context: Context, place: string): GrammarSchema {
  const { format, pattern } = schema;
  const isSized = schema.minLength !== undefined || schema.maxLength !== undefined;
  const rule = typeof pattern === "string" ? patternRule(pattern) : null;
  if (rule !== null) {
    if (isSized) context.isWhole.yes = false;
    return leaf(rule, context);
  }
  if (pattern !== undefined) context.isWhole.yes = false;
  if (format === "date-time" || format === "date" || format === "time") {
    // The library knows no lengths of months.
    context.isWhole.yes = false;
    return { type: "string", format };
  }
  const formatted = typeof format === "string" ? formatPatterns[format] : undefined;
  if (format !== undefined && (formatted === undefined || isSized)) context.isWhole.yes = false;
  const ofFormat = formatted === undefined || isSized ? null : patternRule(formatted);
  if (ofFormat !== null) return leaf(ofFormat, context);
  return {
    type: "string",
    ...boundOf(schema, "minLength", context, place),
    ...boundOf(schema, "maxLength", context, place),
  };
}

const numberBounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;

export const isBounded = (schema: Schema) =>
  numberBounds.some((name) => typeof schema[name] === "number" && !isVacuous(name, schema[name]));

export function numberOf(
  schema: Schema,
  type: "integer" | "number",
  context: Context,
  place: string,
): GrammarSchema {
  const bound = (name: (typeof numberBounds)[number]) => {
    const value = schema[name];
    return typeof value === "number" && Number.isFinite(value) && !isVacuous(name, value) ? value : null;
  };
  const [min, above] = [bound("minimum"), bound("exclusiveMinimum")];
  const [max, below] = [bound("maximum"), bound("exclusiveMaximum")];
  const isAboveMin = above !== null && (min === null || above >= min);
  const isBelowMax = below !== null && (max === null || below <= max);
  const low = isAboveMin ? above : min;
  const high = isBelowMax ? below : max;
  const step = bound("multipleOf");
  const decimals = step === null ? null : decimalsOf(step);
  if (step !== null && (decimals === null || type === "integer") && step !== 1) context.isWhole.yes = false;
  const bounds: NumberBounds = {
    ...(low === null ? {} : { min: low, isAboveMin }),
    ...(high === null ? {} : { max: high, isBelowMax }),
    ...(decimals === null ? {} : { decimals }),
  };
  const rule = type === "integer" ? integerRule(bounds) : numberRule(bounds);
  if (rule !== null) return leaf(rule, context);
  if (low !== null && high !== null && low > high) throw odd(place, "has no number between its bounds");
  context.isWhole.yes = false;
  return { type };
}

/** 0.01 has two. */
function decimalsOf(step: number): number | null {
  const found = /^(?:1|0\.(0*)1)$/.exec(String(step));
  if (found === null) return null;
  return step === 1 ? 0 : (found[1]?.length ?? 0) + 1;
}

export function boundOf(
  schema: Schema,
  name: string,
  context: Context,
  place: string,
): Record<string, number> {
  const bound = schema[name];
  if (bound === undefined) return {};
  if (typeof bound !== "number" || !Number.isInteger(bound) || bound < 0)
    throw odd(place, `has a ${name} that is no count`);
  if (bound <= largestBound) return { [name]: bound };
  context.isWhole.yes = false;
  return {};
}

/** Bounds that every number of JSON keeps, which schema writers add by themselves. */
const isVacuous = (keyword: string, value: unknown) =>
  typeof value === "number"
    ? (keyword === "minimum" && value <= Number.MIN_SAFE_INTEGER) ||
      (keyword === "maximum" && value >= Number.MAX_SAFE_INTEGER)
    : value === false;

/** One value: as JSON writes it. */
export function literalOf(value: unknown, context: Context, place: string): GrammarSchema {
  if (isPlainValue(value)) return { const: value };
  const text = JSON.stringify(value);
  if (text === undefined || !text.isWellFormed()) throw odd(place, "names a value that no JSON can be");
  return leaf(JSON.stringify(text), context);
}
