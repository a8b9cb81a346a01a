/**
 * Runs a calculator on checked inputs, and makes a fact of each result. It is a pure function of the inputs and of the
 * instruments' specifications. It knows nothing of storage.
 */
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../../errors.ts";
import type { Calculation, Calculator, Result } from "../calculators/calculator.ts";
import type { Instrument, Instruments } from "../instruments/instrument.ts";
import { hashOf } from "./canonical.ts";
import type { Fact, FactInput } from "./fact.ts";

type Parameters = Fact["formula"]["parameters"];

export interface Computed {
  readonly calculator: Calculator;
  readonly parameters: Parameters;
  readonly calculation: Calculation;
  /** One a result, in order. */
  readonly facts: readonly [Fact, ...Fact[]];
}

/** @throws InvalidRequestError that names the input and says what to do */
export function compute(calculator: Calculator, inputs: unknown, instruments: Instruments): Computed {
  const parameters = checked(calculator, inputs);
  const recorded = recording(instruments);
  // `parameters` has just been checked against the calculator's own schema.
  const calculation = calculator.calculate(parameters as never, { instruments: recorded.instruments });
  const given = typeof inputs === "object" && inputs !== null ? inputs : {};
  const factInputs = [
    ...Object.keys(parameters).map((name) => inputOf(calculator, name, parameters, name in given)),
    ...recorded.used().map(specification),
  ];
  const inputsHash = hashOf(factInputs.map(({ name, value, unit }) => ({ name, value, unit })));
  const factOf = (result: Result): Fact => {
    const { name, version, formula: words, source } = calculator;
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

/** With defaults, and without fields that the calculator does not know. @throws InvalidRequestError */
function checked({ inputs: schema, title }: Calculator, inputs: unknown): Parameters {
  const whole = Value.Default(schema, Value.Clone(inputs ?? {}));
  if (typeof whole !== "object" || whole === null || Array.isArray(whole))
    throw new InvalidRequestError(`${title}: send the inputs as one JSON object.`);
  const unknown = Object.keys(whole).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined)
    throw new InvalidRequestError(
      `${title} has no input ${JSON.stringify(unknown.slice(0, 40))}. It has: ${Object.keys(schema.properties).join(", ")}.`,
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
  const article = given ? "must be" : "is missing: state";
  return new InvalidRequestError(
    `${title} ${article} ${field === undefined ? "another value" : formOf(field)}.`,
    {
      param: name,
    },
  );
}

/** What an input must be, in words: "a number above 0, in %". */
function formOf(field: Calculator["inputs"]["properties"][string]): string {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, anyOf } = field;
  const unit = typeof field["x-unit"] === "string" ? field["x-unit"] : null;
  if (Array.isArray(anyOf)) {
    const words = anyOf.flatMap((each: { readonly const?: unknown }) =>
      each.const === undefined ? [] : [each.const],
    );
    return `one of: ${words.join(", ")}`;
  }
  if (field.type === "string") {
    if (field["x-kind"] === "date") return "a day as YYYY-MM-DD";
    if (field["x-kind"] === "currency") return "a currency's code, such as USD";
    if (field["x-kind"] === "instrument") return "an instrument, such as EURUSD";
    return "a text";
  }
  const limits = [
    exclusiveMinimum === undefined ? null : `above ${exclusiveMinimum}`,
    minimum === undefined || minimum <= -1e12 || exclusiveMinimum !== undefined
      ? null
      : `of at least ${minimum}`,
    exclusiveMaximum === undefined ? null : `below ${exclusiveMaximum}`,
    maximum === undefined ? null : `of at most ${maximum}`,
  ].filter((limit) => limit !== null);
  const number = field.type === "integer" ? "a whole number" : "a number";
  const inUnit = unit === null || unit === "currency" || unit === "price" ? "" : `, in ${unit}`;
  return `${[number, ...limits].join(" ").replace(/ (of at least \S+) (of at most)/, " $1 and $2")}${inUnit}`;
}

function inputOf(
  { inputs: schema }: Calculator,
  name: string,
  parameters: Parameters,
  isGiven: boolean,
): FactInput {
  const field = schema.properties[name];
  return {
    name,
    title: field?.title ?? name,
    value: String(parameters[name]),
    unit: unitOf(field?.["x-unit"], parameters),
    from: isGiven ? "user" : "default",
  };
}

/** "currency" is the money of the calculation; a price has the currency of its instrument, which the specification says. */
export function unitOf(unit: unknown, { currency }: Parameters): string | null {
  if (unit === "currency") return typeof currency === "string" ? currency.toUpperCase() : null;
  return typeof unit === "string" && unit !== "price" ? unit : null;
}

const specification = ({
  symbol,
  name,
  pip,
  point,
  contractSize,
  lotStep,
  minLot,
  quote,
  source,
}: Instrument): FactInput => ({
  name: `instrument:${symbol}`,
  title: `${symbol} (${name}): ${source}`,
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
