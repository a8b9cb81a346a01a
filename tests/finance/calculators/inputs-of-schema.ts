/** Draws inputs for a calculator from its schema, with the ends of each range, tiny and huge numbers among them. */
import fc from "fast-check";
import type { Calculator } from "../../../src/finance/calculators/calculator.ts";

type Field = Calculator["inputs"]["properties"][string];

const limit = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** The next number away from an end that does not belong to the range. */
const beside = (end: number, sign: 1 | -1): number =>
  end === 0 ? sign * 1e-9 : end + sign * Math.abs(end) * 2 ** -40;

function numbersOf(field: Field): fc.Arbitrary<number> {
  const exclusiveMinimum = limit(field.exclusiveMinimum);
  const exclusiveMaximum = limit(field.exclusiveMaximum);
  const low = limit(field.minimum) ?? (exclusiveMinimum === undefined ? -1e12 : beside(exclusiveMinimum, 1));
  const high = limit(field.maximum) ?? (exclusiveMaximum === undefined ? 1e12 : beside(exclusiveMaximum, -1));
  if (field.type === "integer") {
    const small = fc.integer({ min: low, max: Math.min(high, low + 400) });
    return fc.oneof(small, fc.constantFrom(low, high), fc.integer({ min: low, max: high }));
  }
  const ends = [low, high, 1e-9, 1e-6, 0.01, 1, 100, 12_345.678, 1e6, 0].filter(
    (each) => low <= each && each <= high,
  );
  return fc.oneof(
    fc.constantFrom(...ends),
    fc.double({ min: low, max: high, noNaN: true }).map((value) => value + 0),
    fc
      .double({ min: Math.max(low, 0.0001), max: Math.min(high, 200), noNaN: true })
      .filter((each) => each >= low),
  );
}

const symbols = [
  ...[
    "EURUSD",
    "USDJPY",
    "EURGBP",
    "XAUUSD",
    "US30",
    "JP225",
    "BTCUSD",
    "WTIUSD",
    "SEKNOK",
    "gold",
    "AAPL",
    "?",
    "__proto__",
  ],
];
const currencies = ["USD", "EUR", "GBP", "JPY", "BHD", "BTC", "USDT", "XXX", "usd", "ABCDE"];
const days = [
  "2024-02-29",
  "2026-01-01",
  "2026-11-29",
  "2030-12-31",
  "2099-06-30",
  "0000-00-00",
  "9999-99-99",
];
const flows = [
  "2024-01-01 -1000; 2024-12-31 1100",
  "2024-01-01 -1; 2024-01-02 1e309",
  "nothing",
  "2020-02-30 1",
  ";",
];
const pairs = ["GBPUSD", "USDGBP", "EURUSD", "USDEUR", "USD/JPY", "JPYUSD", "AAAAAA"];

function valuesOf(field: Field): fc.Arbitrary<unknown> {
  if (Array.isArray(field.anyOf))
    return fc.constantFrom(...field.anyOf.map((each: { readonly const: unknown }) => each.const));
  if (field.type === "number" || field.type === "integer") return numbersOf(field);
  if (field.type === "boolean") return fc.boolean();
  const { pattern, maxLength } = field;
  const list = {
    currency: currencies,
    date: days,
    flows,
    instrument: pattern === undefined ? symbols : pairs,
  };
  const texts: readonly string[] = list[field["x-kind"] as keyof typeof list] ?? [...symbols, ...pairs];
  const allowed = texts.filter(
    (text) => text.length <= (maxLength ?? 1000) && (pattern === undefined || new RegExp(pattern).test(text)),
  );
  return fc.constantFrom(...allowed);
}

/** Inputs that the schema allows: drawn as a whole, or an example of which up to two inputs are drawn. */
export function inputsOf({ inputs, asked }: Calculator): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const required = new Set(inputs.required ?? []);
  const fields = Object.entries(inputs.properties);
  const drawn = fields.map(([name, field]) => {
    const present = valuesOf(field).map((value) => [[name, value]] as const);
    return required.has(name) ? present : fc.oneof(present, fc.constant([]));
  });
  const whole = fc.tuple(...drawn).map((entries) => Object.fromEntries(entries.flat()));
  const others = fields.map(([name, field]) => valuesOf(field).map((value) => ({ [name]: value })));
  const changed = fc
    .tuple(fc.constantFrom(...asked.examples), fc.oneof(...others), fc.oneof(...others))
    .map(([example, one, two]) => ({ ...example.inputs, ...one, ...two }));
  return fc.oneof(whole, changed);
}
