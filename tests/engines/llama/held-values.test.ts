/**
 * Limits of values are held by the grammar: every text that it allows is of the schema. Programs set `strict` by themselves,
 * and one `minimum` refused the whole request.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import fc from "fast-check";
import { getLlama, type Llama } from "node-llama-cpp";
import { checksOf } from "../../../src/engines/llama/answer-checks.ts";
import { grammarOfFormat } from "../../../src/engines/llama/answer-grammar.ts";
import { formatPatterns } from "../../../src/engines/llama/format-patterns.ts";
import { heldSchema } from "../../../src/engines/llama/grammar-schema.ts";
import { integerRule, numberRule } from "../../../src/engines/llama/number-rule.ts";
import { patternRule } from "../../../src/engines/llama/pattern-rule.ts";
import { schemaCheck } from "../../../src/engines/llama/schema-check.ts";
import { draws, textOf } from "./grammar-texts.ts";

let llama: Llama;
beforeAll(async () => {
  llama = await getLlama({ build: "never", skipDownload: true, gpu: false, maxThreads: 1, logger: () => {} });
});
afterAll(() => llama.dispose());

const bound = fc.oneof(fc.integer({ min: -1_200, max: 1_200 }), fc.constantFrom(0, 1, -1, 100, 99, 1000));

test("every whole number that a rule allows lies between its bounds", () => {
  fc.assert(
    fc.property(
      bound,
      fc.nat(300),
      fc.boolean(),
      fc.boolean(),
      draws,
      (min, width, isAboveMin, isBelowMax, draw) => {
        const max = min + width;
        const rule = integerRule({ min, max, isAboveMin, isBelowMax });
        const [low, high] = [min + Number(isAboveMin), max - Number(isBelowMax)];
        if (low > high) return expect(rule).toBeNull();
        const text = textOf(rule ?? "", draw);
        const value = Number(text);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
        expect(String(value)).toBe(text);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("every number that a rule allows lies between its bounds", () => {
  const decimal = fc.tuple(bound, fc.constantFrom(0, 0.5, 0.25, 0.125)).map(([whole, part]) => whole + part);
  fc.assert(
    fc.property(
      fc.option(decimal, { nil: undefined }),
      fc.option(decimal, { nil: undefined }),
      fc.boolean(),
      fc.boolean(),
      draws,
      (min, max, isAboveMin, isBelowMax, draw) => {
        const bounds = {
          ...(min === undefined ? {} : { min, isAboveMin }),
          ...(max === undefined ? {} : { max, isBelowMax }),
        };
        const rule = numberRule(bounds);
        if (rule === null)
          return expect(min === undefined || max === undefined ? 0 : max - min).toBeLessThanOrEqual(0);
        const text = textOf(rule, draw);
        const value: number = JSON.parse(text);
        if (min !== undefined) expect(isAboveMin ? value > min : value >= min).toBe(true);
        if (max !== undefined) expect(isBelowMax ? value < max : value <= max).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});

test("every text that a pattern's rule allows has the pattern", () => {
  const patterns = [
    "^[A-Z]{3}/[A-Z]{3}$",
    "^[A-Z]{6}$",
    "^(buy|sell)$",
    "^\\d{4}-\\d{2}$",
    "^[^a-z\\s]+$",
    "a|b",
    "^a|b$",
    "^\\+?[1-9]\\d{1,14}$",
    "^#([0-9a-fA-F]{3}){1,2}$",
    '^["\\\\x]{2}$',
    "^(?:a(?<n>b)?)*?c{2,}.$",
    "^[\\w.-]+\\.(csv|txt)$",
    "^$",
    ...Object.values(formatPatterns),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...patterns), draws, (pattern, draw) => {
      const value: string = JSON.parse(textOf(patternRule(pattern) ?? "", draw));
      expect(value).toMatch(new RegExp(pattern, "u"));
    }),
    { numRuns: 2_000 },
  );
  for (const beyond of ["^(?!a)b$", "(a)\\1", "\\bword", "\\p{L}", "^a^", "[z-a]", "(", "a**"])
    expect(patternRule(beyond)).toBeNull();
});

test("what a format's rule allows has the format", () => {
  for (const [format, pattern] of Object.entries(formatPatterns)) {
    const check = schemaCheck({ type: "string", format });
    fc.assert(
      fc.property(draws, (draw) => expect(check?.(textOf(patternRule(pattern) ?? "", draw))).toBeNull()),
    );
  }
});

for (const [name, schema] of Object.entries({
  "a minimum": {
    type: "object",
    properties: { n: { type: "integer", minimum: 1 } },
    required: ["n"],
    additionalProperties: false,
  },
  "both bounds": { type: "number", minimum: 0, exclusiveMaximum: 100 },
  "a pattern": { type: "string", pattern: "^[A-Z]{6}$" },
  "an email": { type: "string", format: "email" },
  "a step": { type: "number", minimum: 0, multipleOf: 0.01 },
  "several schemas at once": {
    allOf: [{ type: "object", properties: { a: { type: "string" } } }, { required: ["a"] }],
  },
  "values that are lists": { enum: [[1], { a: 1 }, "x"] },
  itself: { type: "object", properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] } } },
  "another place": { type: "object", properties: { a: { type: "integer" }, b: { $ref: "#/properties/a" } } },
}))
  test(`a strict schema with ${name} is held`, async () => {
    await grammarOfFormat(llama, { type: "json-schema", name: "x", schema, strict: true });
    expect(heldSchema(schema, true)).toMatchObject({ isWhole: true });
    expect(checksOf({ type: "json-schema", name: "x", schema, strict: true }, []).answer).toBeNull();
  });

for (const [name, schema, good, bad] of [
  ["unique items", { type: "array", items: { type: "integer" }, uniqueItems: true }, "[1, 2]", "[1, 1]"],
  ["what is not", { type: "integer", not: { const: 3 } }, "4", "3"],
  ["a pattern that looks ahead", { type: "string", pattern: "^(?!x)[a-z]+$" }, '"ab"', '"xa"'],
  ["a step of seven", { type: "integer", multipleOf: 7 }, "14", "15"],
  ["names of properties", { type: "object", propertyNames: { maxLength: 2 } }, '{"ab": 1}', '{"abc": 1}'],
  ["a count of properties", { type: "object", minProperties: 1 }, '{"ab": 1}', "{}"],
  ["only one of several", { oneOf: [{ type: "integer" }, { type: "number" }] }, "1.5", "1"],
] as const)
  test(`${name}: held as far as a grammar can, and checked when it is written`, async () => {
    const format = { type: "json-schema", name: "x", schema, strict: true } as const;
    await grammarOfFormat(llama, format);
    const { answer } = checksOf(format, []);
    expect(answer?.(good)).toBeNull();
    expect(answer?.(bad)).toBeString();
  });

test("an odd part costs only itself where nothing is strict, and is named where all is", () => {
  const schema = { type: "object", properties: { a: { type: "text" }, b: { type: "integer" } } };
  expect(heldSchema(schema, false).schema).toMatchObject({ properties: { b: { type: "integer" } } });
  expect(() => heldSchema(schema, true)).toThrow("properties/a");
});
