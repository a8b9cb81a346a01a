import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { getLlama, type Llama } from "node-llama-cpp";
import type { Tool } from "../../../src/chat/engine.ts";
import { grammarOfCalls, grammarOfFormat } from "../../../src/engines/llama/answer-grammar.ts";
import { toGrammarSchema } from "../../../src/engines/llama/grammar-schema.ts";
import { hermesForm } from "../../../src/engines/llama/template/call-form.ts";
import { UnsupportedRequestError } from "../../../src/errors.ts";
import { hereMs, leastBlock } from "../../loop-blocks.ts";

type Schema = Record<string, unknown>;

/** Tools as a model of the usual form calls them. */
const offering = (tools: readonly Tool[]) =>
  ({ form: hermesForm, tools, choice: "auto", parallel: true }) as const;

describe("A JSON schema, as a grammar", () => {
  let llama: Llama;
  beforeAll(async () => {
    llama = await getLlama({
      build: "never",
      skipDownload: true,
      gpu: false,
      maxThreads: 1,
      logger: () => {},
    });
  });
  afterAll(() => llama.dispose());

  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      '"',
      "\\",
      "\n",
      "\u0000",
      "\ud800",
      'a"b',
      "root",
      "call0",
      "</tool_call>",
      "[",
      '"::="',
    ),
  );
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.constant({}),
      fc.record({ type: fc.constantFrom("string", "number", "integer", "boolean", "null") }),
      fc.record({ type: fc.constant("string"), minLength: fc.nat(5), maxLength: fc.nat(3_000) }),
      fc.record({ type: fc.constant("string"), format: fc.constantFrom("date", "time", "date-time", "uri") }),
      fc.record({ enum: fc.array(fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))) }),
      fc.record({ anyOf: fc.array(tie("schema"), { maxLength: 3 }) }),
      fc.record({ type: fc.constant("array"), items: tie("schema"), maxItems: fc.nat(600) }),
      fc.record({ type: fc.constant("array"), prefixItems: fc.array(tie("schema"), { maxLength: 3 }) }),
      fc.record({
        type: fc.constant("object"),
        properties: fc.dictionary(text, tie("schema"), { maxKeys: 4 }),
      }),
      fc.record({ type: fc.constant("object"), additionalProperties: fc.oneof(fc.boolean(), tie("schema")) }),
      fc.record({ type: fc.array(fc.constantFrom("string", "null", "object", "array"), { maxLength: 3 }) }),
    ),
  }));

  test("whatever it is, it is held or refused in words: no other error, and no crash of the native code", async () => {
    await fc.assert(
      fc.asyncProperty(schema, async (any) => {
        const asking = [
          () => grammarOfFormat(llama, { type: "json-schema", name: "x", schema: any }),
          () => grammarOfCalls(llama, offering([{ name: "f", parameters: any }])),
        ];
        for (const ask of asking) {
          const failure = await ask().then(
            () => null,
            (error: unknown) => error,
          );
          if (failure !== null) expect(failure).toBeInstanceOf(UnsupportedRequestError);
        }
      }),
      { numRuns: 300 },
    );
  });

  for (const [name, refused, place] of [
    ["a reference to elsewhere", { $ref: "https://example.com/schema" }, "refers to"],
    ["a type that is none", { type: "text" }, "unknown type"],
    ["an enum of nothing", { enum: [] }, "without values"],
  ] as const)
    test(`${name} is refused when it must be held, by its place`, () => {
      expect(() => toGrammarSchema(refused, true)).toThrow(place);
    });

  test("what is no schema at all may be any JSON where nothing is strict", () => {
    for (const schema of [{ type: "text" }, { $ref: "https://example.com/schema" }, { enum: [] }]) {
      expect(() => toGrammarSchema(schema, true)).toThrow("cannot hold its answer");
      expect(toGrammarSchema(schema, false)).toHaveProperty("oneOf");
    }
  });

  test("bounds that every number keeps are no reason to refuse", () => {
    const safe = { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    expect(toGrammarSchema(safe, true)).toEqual({ type: "integer" });
  });

  test("what stands beside a choice holds for each of its alternatives: none of them is any value at all", () => {
    const choice = {
      type: "object",
      properties: { side: { enum: ["buy", "sell"] } },
      anyOf: [{ required: ["side"] }, { properties: { lots: { type: "integer" } } }],
    };
    const side = { enum: ["buy", "sell"] };
    expect(toGrammarSchema(choice, true)).toEqual({
      oneOf: [
        { type: "object", properties: { side } },
        { type: "object", properties: { side, lots: { type: "integer" } } },
      ],
    });
    const whole = { type: "object", properties: { side }, allOf: [{ required: ["side"] }] };
    expect(toGrammarSchema(whole, true)).toEqual({ type: "object", properties: { side } });
  });

  test("what is required is written, also when nothing else is said of it", () => {
    const others = { type: "object", required: ["lots"], additionalProperties: { type: "integer" } };
    expect(toGrammarSchema(others, true)).toEqual({
      type: "object",
      properties: { lots: { type: "integer" } },
    });
    const beside = { type: "object", properties: { a: { type: "null" } }, required: ["b"] };
    expect(Object.keys(Object(toGrammarSchema(beside, true)).properties)).toEqual([
      // The mark of what may be left out.
      "@leaf?a",
      "b",
    ]);
  });

  test("nothing follows the first items where nothing may", () => {
    const pair = { type: "array", prefixItems: [{ type: "string" }], items: false };
    expect(toGrammarSchema(pair, true)).toMatchObject({ maxItems: 1 });
  });

  test("one with more values than a grammar can follow in time is refused, and so is one that is too long", () => {
    const values = Array.from({ length: 600 }, (_, index) => `value ${index}`);
    const half = { enum: values };
    expect(toGrammarSchema({ type: "object", properties: { a: half } }, false)).toBeDefined();
    expect(() => toGrammarSchema({ type: "object", properties: { a: half, b: half } }, false)).toThrow(
      "1000 values",
    );
    expect(() => toGrammarSchema({ anyOf: values.concat(values).map(() => ({})) }, false)).toThrow(
      "alternatives",
    );
    expect(() => toGrammarSchema({ description: "x".repeat(120_000) }, false)).toThrow("120000 characters");
  });

  test("the names of a tool's rules are looked up once, not for each rule: a thousand values took seconds", async () => {
    const values = Array.from({ length: 1_000 }, (_, index) => `value ${index}`);
    const parameters = { type: "object", properties: { a: { enum: values } } };
    const tools = Array.from({ length: 40 }, (_, index) => ({ name: `f${index}`, parameters }));
    const block = await leastBlock(
      () => hereMs(1_000),
      () => grammarOfCalls(llama, offering(tools)),
    );
    expect(block).toBeLessThan(hereMs(1_000));
  });

  test("a tool whose parameters cannot be held is named", async () => {
    const parameters = { type: "object", properties: { a: { type: "text" } } };
    const refused = grammarOfCalls(llama, offering([{ name: "price", parameters, strict: true }]));
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining("The tool price"),
      facts: { param: "tools" },
    });
  });

  test("a whole number is one, and every number is one that a program can read: 1e-5 was an integer, 1e999 a number", async () => {
    const schema = { type: "object", properties: { a: { type: "integer" }, b: { type: "number" } } };
    const { grammar } = await grammarOfFormat(llama, { type: "json-schema", name: "x", schema });
    const rules = new Map(grammar.split("\n").map((line) => line.split(" ::= ", 2) as [string, string]));
    expect(rules.get("integer-number-rule")).not.toMatch(/[eE.]/);
    expect(rules.get("fractional-number-rule")).toEndWith("([eE] [-+]? [0-9]{1,2})?");
  });

  test("definitions may refer to themselves", async () => {
    const node = {
      type: "object",
      properties: { next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } },
    };
    const list = { $ref: "#/$defs/node", $defs: { node } };
    await grammarOfFormat(llama, { type: "json-schema", name: "x", schema: list });
  });

  test("one that refers to nothing but itself is refused", async () => {
    const schema = { $ref: "#/$defs/a", $defs: { a: { anyOf: [{ $ref: "#/$defs/a" }, { type: "null" }] } } };
    const refused = grammarOfFormat(llama, { type: "json-schema", name: "x", schema });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedRequestError);
  });

  test("one that is nested without end is refused, not followed", () => {
    let deep: Schema = {};
    for (let level = 0; level < 100; level++) deep = { type: "array", items: deep };
    expect(() => toGrammarSchema(deep, false)).toThrow("nested too deeply");
  });
});
