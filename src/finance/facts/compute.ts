/**
 * Runs a calculator on checked inputs, and makes a fact of each result. It is a pure function of the inputs and of the
 * instruments' specifications. It knows nothing of storage.
 */
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../../errors.ts";
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import type { Calculation, Calculator, Result } from "../calculators/calculator.ts";
import type { Instrument, Instruments } from "../instruments/instrument.ts";
import { hashOf } from "./canonical.ts";
import type { Fact, FactInput } from "./fact.ts";

type Parameters = Fact["formula"]["parameters"];

export interface Computed {
  readonly calculator: Calculator;
  readonly parameters: Parameters;
  readonly calculation: Calculation<string>;
  /** One a result, in order. */
  readonly facts: readonly [Fact, ...Fact[]];
}

/**
 * @param language of the words; values and ids are the same in every language
 * @throws InvalidRequestError that names the input and says what to do
 */
export function compute(
  calculator: Calculator,
  inputs: unknown,
  instruments: Instruments,
  language: Language = "en",
): Computed {
  const parameters = checked(calculator, inputs);
  const recorded = recording(instruments);
  // `parameters` has just been checked against the calculator's own schema.
  const calculation = saidIn(
    calculator.calculate(parameters as never, { instruments: recorded.instruments }),
    language,
  );
  const given = typeof inputs === "object" && inputs !== null ? inputs : {};
  const factInputs = [
    ...Object.keys(parameters).map((name) => inputOf(calculator, name, parameters, name in given, language)),
    ...recorded.used().map((each) => specification(each, language)),
  ];
  const inputsHash = hashOf(factInputs.map(({ name, value, unit }) => ({ name, value, unit })));
  const factOf = (result: Result<string>): Fact => {
    const { name, version, formula, source } = calculator;
    const words = inLanguage(formula, language);
    const identity = { formula: name, version, parameters, inputsHash, result: result.name };
    return {
      id: `f${hashOf(identity).slice(0, 24)}`,
      name: result.name,
      label: result.label,
      value: result.value,
      unit: result.unit,
      subject: result.subject,
      asOf: null,
      kind: "computed",
      formula: { id: name, version, words, steps: result.steps, source, parameters },
      inputs: factInputs,
      inputsHash,
      warnings: [...(result.reason === undefined ? [] : [result.reason]), ...calculation.warnings],
      assumptions: calculation.assumptions,
    };
  };
  const [first, ...rest] = calculation.results;
  return { calculator, parameters, calculation, facts: [factOf(first), ...rest.map(factOf)] };
}

const saidIn = ({ results: [first, ...rest], table, ...whole }: Calculation, language: Language) => {
  const say = (words: Words) => inLanguage(words, language);
  const result = ({ reason, ...each }: Result): Result<string> => ({
    ...each,
    label: say(each.label),
    steps: say(each.steps),
    ...(reason === undefined ? {} : { reason: say(reason) }),
  });
  return {
    ...whole,
    results: [result(first), ...rest.map(result)] as const,
    warnings: whole.warnings.map(say),
    assumptions: whole.assumptions.map(say),
    ...(table === undefined
      ? {}
      : { table: { ...table, caption: say(table.caption), columns: table.columns.map(say) } }),
  };
};

/** With defaults, and without fields that the calculator does not know. @throws InvalidRequestError */
function checked({ inputs: schema, title }: Calculator, inputs: unknown): Parameters {
  const whole = Value.Default(schema, Value.Clone(inputs ?? {}));
  if (typeof whole !== "object" || whole === null || Array.isArray(whole))
    throw new InvalidRequestError(say`${title}: send the inputs as one JSON object.`);
  const unknown = Object.keys(whole).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined)
    throw new InvalidRequestError(
      say`${title} has no input ${{ verbatim: JSON.stringify(unknown.slice(0, 40)) }}. It has: ${Object.keys(schema.properties).join(", ")}.`,
      { param: unknown.slice(0, 40) },
    );
  const fault = Value.Errors(schema, whole).First();
  if (fault !== undefined) throw refusalOf(schema, fault.path.split("/")[1] ?? "", whole);
  // Flat, and checked by the schema; in its order.
  const inOrder = Object.keys(schema.properties).filter((name) => Object.hasOwn(whole, name));
  const values = whole as Parameters;
  return Object.fromEntries(inOrder.map((name) => [name, values[name] ?? ""]));
}

function refusalOf(schema: Calculator["inputs"], name: string, inputs: object): InvalidRequestError {
  const field = schema.properties[name];
  const title = field?.title ?? name;
  const given = Object.hasOwn(inputs, name);
  const form = field === undefined ? say`another value` : formOf(field);
  return new InvalidRequestError(
    given ? say`${title} must be ${form}.` : say`${title} is missing: state ${form}.`,
    { param: name },
  );
}

/** What an input must be, in words: "a number above 0, in %". */
function formOf(field: Calculator["inputs"]["properties"][string]): Words {
  const { anyOf } = field;
  if (Array.isArray(anyOf)) {
    const words = anyOf.flatMap((each: { readonly const?: unknown }) =>
      each.const === undefined ? [] : [each.const],
    );
    return say`one of: ${words.join(", ")}`;
  }
  if (field.type === "string") {
    if (field["x-kind"] === "date") return say`a day as YYYY-MM-DD`;
    if (field["x-kind"] === "currency") return say`a currency's code, such as USD`;
    if (field["x-kind"] === "instrument") return say`an instrument, such as EURUSD`;
    return say`a text`;
  }
  const number = withLimits(field.type === "integer" ? say`a whole number` : say`a number`, field);
  const unit: unknown = field["x-unit"];
  return typeof unit !== "string" || unit === "currency" || unit === "price"
    ? number
    : say`${number}, in ${say`${unit}`}`;
}

/** Limits that no reader would miss are left out. */
function withLimits(number: Words, field: Calculator["inputs"]["properties"][string]): Words {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field;
  const least = exclusiveMinimum !== undefined || minimum === undefined || minimum <= -1e12 ? null : minimum;
  const above = exclusiveMinimum === undefined ? number : say`${number} above ${exclusiveMinimum}`;
  const from = least === null ? above : say`${number} of at least ${least}`;
  const below = exclusiveMaximum === undefined ? from : say`${from} below ${exclusiveMaximum}`;
  if (maximum === undefined) return below;
  return least === null ? say`${below} of at most ${maximum}` : say`${below} and of at most ${maximum}`;
}

function inputOf(
  { inputs: schema }: Calculator,
  name: string,
  parameters: Parameters,
  isGiven: boolean,
  language: Language,
): FactInput {
  const field = schema.properties[name];
  return {
    name,
    title: inLanguage(field?.title ?? name, language),
    value: String(parameters[name]),
    unit: unitOf(field?.["x-unit"], parameters),
    from: isGiven ? "user" : "default",
  };
}

/** "currency" is the money of the calculation, "from" the currency of that input; a price has the currency of its instrument, which the specification says. */
export function unitOf(unit: unknown, inputs: Parameters): string | null {
  if (typeof unit !== "string" || unit === "price") return null;
  const named = inputs[unit];
  if (typeof named === "string") return named.toUpperCase();
  return unit === "currency" ? null : unit;
}

const specification = (
  { symbol, name, pip, point, contractSize, lotStep, minLot, quote, source }: Instrument,
  language: Language,
): FactInput => ({
  name: `instrument:${symbol}`,
  title: `${symbol} (${name}): ${inLanguage(source, language)}`,
  value: `pip ${pip}, ${point === null ? "" : `point ${point}, `}contract ${contractSize}, step ${lotStep}, minimum ${minLot}, quoted in ${quote}`,
  unit: null,
  from: "data",
});

/** Notes which specifications a calculation looked at: they are inputs, too. */
function recording(instruments: Instruments) {
  const used = new Map<string, Instrument>();
  return {
    used: () => [...used.values()],
    instruments: {
      find(name: string) {
        const found = instruments.find(name);
        if (found !== null) used.set(found.symbol, found);
        return found;
      },
      all: () => instruments.all(),
    },
  };
}
