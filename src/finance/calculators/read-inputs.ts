/**
 * Gives the inputs that people and programs send the form that a calculator's schema wants: numbers from decimal texts,
 * currencies in capitals, instruments by their symbol. What it cannot read it refuses; the schema is checked later.
 */
import { say } from "../../texts/say.ts";
import type { Instruments } from "../instruments/instrument.ts";
import type { Calculator } from "./calculator.ts";
import { readDecimal } from "./read-decimal.ts";
import { refuse } from "./refuse.ts";

type Field = Calculator["inputs"]["properties"][string];

/**
 * @param sent null, and a text of spaces alone, are inputs that were left out
 * @throws InvalidRequestError that names the input
 */
export function readInputs(
  { inputs: { properties } }: Pick<Calculator, "inputs">,
  sent: Readonly<Record<string, unknown>>,
  instruments: Instruments,
): Record<string, unknown> {
  const given = Object.entries(sent).filter(([, value]) => !isLeftOut(value));
  return Object.fromEntries(
    given.map(([name, value]) => {
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, field === undefined ? value : readOne(name, field, value, instruments)];
    }),
  );
}

const isLeftOut = (value: unknown) =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

function readOne(name: string, field: Field, value: unknown, instruments: Instruments): unknown {
  const isNumber = field.type === "number" || field.type === "integer";
  if (typeof value === "number" && isNumber && !Number.isFinite(value))
    refuse(name, say`${field.title ?? name} is too large: state a number below 10^15.`);
  if (typeof value !== "string") return value;
  if (isNumber) return readNumber(name, field, value);
  const text = value.trim();
  if (field["x-kind"] === "currency") return text.toUpperCase();
  if (field["x-kind"] === "instrument") return instruments.find(text)?.symbol ?? text;
  return text;
}

function readNumber(name: string, field: Field, text: string): number {
  const unit = field["x-unit"];
  const reading = readDecimal(unit === "%" ? text.trim().replace(/\s*%$/, "") : text, field.title ?? name);
  if ("problem" in reading) return refuse(name, reading.problem);
  return reading.value;
}
