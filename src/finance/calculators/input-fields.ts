/** The kinds of fields that a calculator's inputs are made of: JSON Schema, with a title and a unit for the form. */
import { type TSchema, Type } from "@sinclair/typebox";

/** Amounts above this lose digits in JSON's numbers. */
const largest = 1e12;

interface FieldWords {
  readonly title: string;
  readonly description?: string;
}

interface NumberWords extends FieldWords {
  /** One of units.ts, "currency" (the money of the calculation), or "price". */
  readonly unit?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: number;
  readonly examples?: number[];
}

const numberOptions = ({ unit, ...words }: NumberWords) => ({
  ...(words.exclusiveMaximum === undefined ? { maximum: largest } : {}),
  ...words,
  ...(unit === undefined ? {} : { "x-unit": unit }),
});

/** A number above zero. */
export const positive = (words: NumberWords) => Type.Number(numberOptions({ exclusiveMinimum: 0, ...words }));

/** A number of either sign. */
export const signed = (words: NumberWords) => Type.Number(numberOptions({ minimum: -largest, ...words }));

/** Zero or more. */
export const amount = (words: NumberWords) => Type.Number(numberOptions({ minimum: 0, ...words }));

/** A share in per cent: 1 is 1 %. */
export const percent = (words: NumberWords) =>
  Type.Number(
    numberOptions({
      unit: "%",
      ...(words.exclusiveMinimum === undefined ? { minimum: 0 } : {}),
      maximum: 100,
      ...words,
    }),
  );

/** Interest, growth or inflation a year, in per cent: it may be negative, yet nothing loses all. */
export const yearlyRate = (words: NumberWords) =>
  Type.Number(numberOptions({ unit: "%", exclusiveMinimum: -100, exclusiveMaximum: 1000, ...words }));

export const count = (words: NumberWords) =>
  Type.Integer(numberOptions({ minimum: 0, maximum: 1e6, ...words }));

/** ISO 4217, or a coin's code. */
export const currency = (words: FieldWords & { readonly default?: string; readonly examples?: string[] }) =>
  Type.String({ minLength: 3, maxLength: 5, pattern: "^[A-Za-z]{3,5}$", "x-kind": "currency", ...words });

/** The symbol of an instrument: EURUSD, XAUUSD, DE40, BTCUSD. */
export const symbol = (words: FieldWords & { readonly examples?: string[] }) =>
  Type.String({ minLength: 1, maxLength: 20, "x-kind": "instrument", ...words });

/** One of a few words. */
export const choice = <const T extends readonly string[]>(
  values: T,
  words: FieldWords & { readonly default?: T[number] },
) =>
  Type.Union(
    values.map((value) => Type.Literal(value as T[number])),
    words,
  );

/** A calendar day, YYYY-MM-DD. */
export const day = (words: FieldWords & { readonly examples?: string[] }) =>
  Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", "x-kind": "date", ...words });

/** Dated amounts: "2024-01-01 -1000; 2024-12-31 1100". */
export const flows = (words: FieldWords & { readonly examples?: string[] }) =>
  Type.String({ minLength: 1, maxLength: 40_000, "x-kind": "flows", ...words });

export const optional = <T extends TSchema>(field: T) => Type.Optional(field);
