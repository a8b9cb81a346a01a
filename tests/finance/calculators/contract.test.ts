/** What holds for every calculator, by its schema, its examples and its vectors. */
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import fc from "fast-check";
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Calculation, Calculator } from "../../../src/finance/calculators/calculator.ts";
import { topics } from "../../../src/finance/calculators/calculator.ts";
import { calculatorNamed, calculators } from "../../../src/finance/calculators/calculators.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { unitWords } from "../../../src/finance/units.ts";
import { calculate } from "./calculation.ts";
import { inputsOf } from "./inputs-of-schema.ts";

const each = calculators.map((calculator) => [calculator.name, calculator] as const);
const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const canonicalDecimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** A schedule of 200 years of months. */
const mostRows = 2400;
const mostResults = 20;

const words: ReadonlySet<string> = new Set(unitWords);
const isMoney = (unit: string) => /^[A-Z]{3,5}$/.test(unit);
function isUnit(unit: string): boolean {
  const [first = "", second, ...more] = unit.split(" per ");
  if (second === undefined) return words.has(first) || isMoney(first);
  const isWord = words.has(second) || words.has(`${second}s`);
  return more.length === 0 && (words.has(first) || isMoney(first)) && (isWord || isMoney(second));
}

/** What must hold of every calculation, of whatever inputs. */
function check({ results, table, warnings, assumptions }: Calculation): void {
  const names = results.map(({ name }) => name);
  expect(names.filter((name) => !kebab.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeLessThanOrEqual(mostResults);
  for (const { value, unit, steps, label, reason } of results) {
    if (value === null) expect(reason).toMatch(/^\S.*[.]$/s);
    else {
      expect(value).toMatch(canonicalDecimal);
      expect(value).not.toMatch(/^-0(?:\.0*)?$/);
      expect(reason).toBeUndefined();
    }
    expect(steps).not.toBe("");
    expect(label).not.toBe("");
    expect(unit === null || isUnit(unit) ? null : unit).toBeNull();
  }
  const text = JSON.stringify([results, table, warnings, assumptions]);
  expect(text).not.toMatch(/\bNaN\b|Infinity|undefined|\[object/);
  expect(table?.rows.length ?? 0).toBeLessThanOrEqual(mostRows);
  for (const row of table?.rows ?? []) if (row.length !== table?.columns.length) expect(row).toHaveLength(-1);
  for (const sentence of [...warnings, ...assumptions]) expect(sentence).toMatch(/[.]$/);
}

test("Calculators have names of their own, in kebab-case", () => {
  const names = calculators.map(({ name }) => name);
  expect(names.filter((name) => !kebab.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(calculators.length).toBeGreaterThanOrEqual(30);
});

describe.each(each)("The calculator %s", (name, calculator: Calculator) => {
  test("is described: title, summary, topic, formula, source", () => {
    for (const words of [calculator.title, calculator.summary, calculator.formula, calculator.source])
      expect(words).toMatch(/\S/);
    expect(calculator.summary).toMatch(/[.?]$/);
    expect(topics).toContain(calculator.topic);
    expect(calculatorNamed(name)).toBe(calculator);
  });

  test("has a title for each input, and groups and slots of inputs that exist", () => {
    const properties = Object.keys(calculator.inputs.properties);
    for (const [input, field] of Object.entries(calculator.inputs.properties)) {
      expect([input, field.title]).toEqual([input, expect.stringMatching(/\S/)]);
      const isBounded = field.type !== "number" && field.type !== "integer";
      expect([input, isBounded || (field.maximum ?? field.exclusiveMaximum) !== undefined]).toEqual([
        input,
        true,
      ]);
    }
    const named = [...(calculator.needs ?? []).flat(), ...Object.keys(calculator.asked.slots)];
    expect(named.filter((input) => !properties.includes(input))).toEqual([]);
  });

  test("is recognised by phrases in lower case, and by six examples or more, in English and German", () => {
    const { phrases, examples, slots } = calculator.asked;
    expect(phrases.filter((phrase) => phrase !== phrase.toLowerCase().trim() || phrase.length < 3)).toEqual(
      [],
    );
    expect(new Set(phrases).size).toBe(phrases.length);
    expect(examples.length).toBeGreaterThanOrEqual(6);
    const german = examples.filter(({ question }) =>
      /\b(?:wie|welche[nrs]?|was|berechne|bei|im|auf|von|konto|stop|hoch)\b|[äöüß]/iu.test(question),
    );
    expect(german.length).toBeGreaterThanOrEqual(1);
    for (const { question, inputs } of examples) {
      const text = question.toLowerCase();
      expect([question, phrases.some((phrase) => text.includes(phrase))]).toEqual([question, true]);
      expect(Object.keys(inputs).filter((input) => slots[input] === undefined)).toEqual([]);
    }
  });

  test("computes each of its examples", () => {
    for (const { question, inputs } of calculator.asked.examples) {
      const { calculation } = compute(calculator, inputs, builtInInstruments);
      check(calculation);
      expect([question, calculation.results[0].value]).toEqual([
        question,
        expect.stringMatching(canonicalDecimal),
      ]);
    }
  });

  test("gives a number, a reason or a refusal that names an input, whatever the schema allows", () => {
    const properties = Object.keys(calculator.inputs.properties);
    fc.assert(
      fc.property(inputsOf(calculator), (inputs) => {
        const before = JSON.stringify(inputs);
        const run = () => {
          try {
            return compute(calculator, inputs, builtInInstruments).calculation;
          } catch (error) {
            if (!(error instanceof InvalidRequestError)) throw error;
            expect(properties).toContain(String(error.facts.param));
            expect(error.message).toMatch(/[.?]$/);
            return null;
          }
        };
        const calculation = run();
        if (calculation === null) return;
        check(calculation);
        // It is pure: the same inputs give the same text, and stay as they were.
        expect(JSON.stringify(run())).toBe(JSON.stringify(calculation));
        expect(JSON.stringify(inputs)).toBe(before);
      }),
      { numRuns: 60 },
    );
  });
});

describe("A second implementation agrees on", () => {
  const folder = join(import.meta.dir, "vectors");
  const schema = Type.Object({
    source: Type.String({ minLength: 10 }),
    vectors: Type.Array(
      Type.Object({
        inputs: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
        results: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
      }),
    ),
  });
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

  test("every calculator: each has vectors, and each file has its calculator", () => {
    expect(files.map((file) => file.replace(".json", "")).sort()).toEqual(
      calculators.map(({ name }) => name).sort(),
    );
  });

  test.each(files)("%s, at the decimals that are shown", (file) => {
    const { vectors } = Value.Parse(schema, JSON.parse(readFileSync(join(folder, file), "utf8")));
    expect(vectors.length).toBeGreaterThanOrEqual(20);
    expect(new Set(vectors.map(({ inputs }) => JSON.stringify(inputs))).size).toBe(vectors.length);
    for (const { inputs, results } of vectors) {
      const found = calculate(file.replace(".json", ""), inputs).results;
      const values = Object.fromEntries(found.map(({ name, value }) => [name, value]));
      const compared = Object.fromEntries(Object.keys(results).map((name) => [name, values[name]]));
      expect({ inputs, results: compared }).toEqual({ inputs, results });
    }
  });
});
