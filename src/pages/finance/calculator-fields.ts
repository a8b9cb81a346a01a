/** The fields of a calculator's form, from the schema of its inputs. */
import type { FieldKind, FieldProps } from "../../../views/finance-props.ts";
import { grouped, unitWords, withMark } from "../../../views/shown-figure.ts";
import type { Calculator } from "../../finance/calculators/calculator.ts";
import { tr, translated } from "../../texts/reader-language.ts";

type Schema = Calculator["inputs"]["properties"][string];

interface Filled {
  /** What was filled in, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Why the first of them was refused; others that are missing are told, too. */
  readonly problem: { readonly param: string; readonly message: string } | null;
  /** The currency of an instrument's price; null: unknown. */
  readonly quoteOf: (symbol: string) => string | null;
}

/** Bounds from here on are those of numbers, and no reader's concern. */
const largestShown = 1e9;

export function fieldsOf(
  { inputs, needs = [] }: Pick<Calculator, "inputs" | "needs">,
  { values, problem, quoteOf }: Filled,
): readonly FieldProps[] {
  const titleOf = (name: string) => translated(inputs.properties[name]?.title ?? name);
  const needed = new Set(inputs.required ?? []);
  return Object.entries(inputs.properties).map(([name, schema]) => {
    const hints = [
      schema.description === undefined ? null : translated(schema.description),
      rangeOf(schema),
      defaultOf(schema),
      ...needs.flatMap((group) =>
        group[0] === name ? [tr`One of these is needed: ${group.map(titleOf).join("; ")}.`] : [],
      ),
    ];
    const hint = hints.filter((each) => each !== null).join(" ");
    const [example] = Array.isArray(schema.examples) ? schema.examples : [];
    const isRequired = needed.has(name) && schema.default === undefined;
    const value = values[name] ?? "";
    const isMissing = problem !== null && isRequired && value === "";
    const missing = isMissing ? tr`${titleOf(name)} is missing.` : null;
    return {
      name,
      title: titleOf(name),
      kind: kindOf(schema),
      unit: unitOf(schema["x-unit"], values, quoteOf),
      hint: hint === "" ? null : hint,
      placeholder: example === undefined ? null : String(example),
      isRequired,
      isOneOf: needs.some((group) => group.includes(name)),
      value,
      problem: problem?.param === name ? problem.message : missing,
    };
  });
}

function kindOf(schema: Schema): FieldKind {
  const choices = choicesOf(schema);
  if (choices.length > 0)
    return {
      type: "choice",
      choices,
      otherwise: schema.default === undefined ? null : String(schema.default),
    };
  if (schema.type === "number" || schema.type === "integer")
    return { type: "number", isWhole: schema.type === "integer" };
  switch (schema["x-kind"]) {
    case "date":
      return { type: "date" };
    case "flows":
      return { type: "lines" };
    case "currency":
      return { type: "text", list: "currencies" };
    case "instrument":
      return { type: "text", list: "instruments" };
    default:
      return { type: "text", list: null };
  }
}

function choicesOf({ anyOf }: Schema): readonly string[] {
  if (!Array.isArray(anyOf)) return [];
  return anyOf.flatMap((each: { readonly const?: unknown }) =>
    each.const === undefined ? [] : [String(each.const)],
  );
}

function unitOf(
  unit: unknown,
  { currency, symbol }: Filled["values"],
  quoteOf: Filled["quoteOf"],
): string | null {
  if (unit === "currency")
    return currency === undefined ? null : currency.trim().toUpperCase().slice(0, 5) || null;
  if (unit === "price") return symbol === undefined ? null : quoteOf(symbol);
  return typeof unit === "string" ? unitWords(unit) : null;
}

/** "From 0 to 100." A number above zero, or from it, says so itself. */
function rangeOf(schema: Schema): string | null {
  const {
    minimum = -Infinity,
    exclusiveMinimum = -Infinity,
    maximum = Infinity,
    exclusiveMaximum = Infinity,
  } = schema;
  const isAbove = exclusiveMinimum >= minimum;
  const lowest = isAbove ? exclusiveMinimum : minimum;
  const isBelow = exclusiveMaximum <= maximum;
  const highest = isBelow ? exclusiveMaximum : maximum;
  const hasLowest = lowest !== 0 && Math.abs(lowest) < largestShown;
  const hasHighest = Math.abs(highest) < largestShown;
  const from = grouped(String(lowest));
  const to = grouped(String(highest));
  if (hasLowest && hasHighest) {
    if (isAbove) return isBelow ? tr`Above ${from} and below ${to}.` : tr`Above ${from} and at most ${to}.`;
    return isBelow ? tr`From ${from} and below ${to}.` : tr`From ${from} to ${to}.`;
  }
  if (hasLowest) return isAbove ? tr`Above ${from}.` : tr`From ${from}.`;
  if (!hasHighest) return null;
  return isBelow ? tr`Below ${to}.` : tr`At most ${to}.`;
}

const defaultOf = (schema: Schema): string | null =>
  schema.default === undefined || choicesOf(schema).length > 0
    ? null
    : tr`Left empty: ${withMark(String(schema.default))}.`;
